import DMN
import FEEL
import Testing

/// What an answer says about how it came about.
@Suite struct ExplanationTests {
    private static func model() throws -> CompiledModel {
        let table = """
            <decisionTable outputLabel="Limit" hitPolicy="FIRST"><input label="Amount"><inputExpression typeRef="number">
            <text>amount</text></inputExpression></input><output name="out"/><annotation name="Source"/>
            <rule id="small"><inputEntry><text>&lt; 50</text></inputEntry><outputEntry><text>"ok"</text></outputEntry>
            <annotationEntry><text>policy 7</text></annotationEntry></rule>
            <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1 / (amount - amount)</text></outputEntry>
            </rule></decisionTable>
            """
        return try TestModel.compile(
            TestModel.input("amount", type: "number") + TestModel.decision("base", "amount + 1", inputs: ["amount"])
                + TestModel.decision("limit", logic: table, inputs: ["amount"], decisions: ["base"])
        )
    }

    @Test func namesDecisionsTablesAndRules() throws {
        let outcome = try Self.model().evaluate(decision: "limit", inputs: ["amount": 20])
        let explanation = outcome.explanation
        #expect(outcome.value.description == "\"ok\"")
        #expect(explanation.decisions.map(\.name) == ["base", "limit"])
        #expect(explanation.decisions.map(\.value.description) == ["21", "\"ok\""])
        #expect(explanation.matchedRules == ["small"])
        let table = try #require(explanation.tables.first)
        #expect(table.table == "Limit")
        #expect(table.inputs.map { "\($0.title) = \($0.value)" } == ["Amount = 20"])
        #expect(table.rules.first?.annotations == ["Source: policy 7"])
        #expect(!explanation.hasErrors)
    }

    @Test func tellsWhyAnErrorBecameNull() throws {
        let outcome = try Self.model().evaluate(decision: "limit", inputs: ["amount": 60])
        #expect(outcome.value.isNull)
        #expect(outcome.explanation.matchedRules == ["rule-2"])
        let reason = try #require(outcome.explanation.reasons.first)
        #expect(reason.hasPrefix("limit: table 'Limit', row 2, column 2 'out'"))
    }

    @Test func tellsOfInputsOfTheWrongType() throws {
        let outcome = try Self.model().evaluate(decision: "limit", inputs: ["amount": "many"])
        #expect(outcome.explanation.hasErrors)
        #expect(outcome.explanation.reasons.first?.contains("input 'amount'") == true)
    }

    @Test func sessionsForgetTheLastAnswer() throws {
        let session = DecisionSession(try Self.model().decision(named: "limit"))
        #expect(session.evaluate([60]).explanation.hasErrors)
        let second = session.evaluate([20])
        #expect(!second.explanation.hasErrors)
        #expect(second.explanation.matchedRules == ["small"])
    }

    @Test func threadsShareAModel() async throws {
        let decision = try Self.model().decision(named: "limit")
        await withTaskGroup(of: Bool.self) { group in
            for start in 0..<8 {
                group.addTask {
                    let session = DecisionSession(decision)
                    return (0..<200).allSatisfy { step in
                        let amount = (start * 7 + step) % 100
                        return session.evaluate([.number(amount)]).value.isNull == (amount >= 50)
                    }
                }
            }
            for await isRight in group {
                #expect(isRight)
            }
        }
    }
}
