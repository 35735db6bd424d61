import DMN
import FEEL
import Foundation
import Testing

/// Mistakes in models are told with their place.
@Suite struct FindingTests {
    @Test func syntaxErrorNamesTableRowColumnAndPosition() throws {
        var rows = (1...1_000).map { ["[\($0)..\($0 + 1))", "\($0)"] }
        rows[811][0] = "[812.. )"
        let table = TestModel.table(inputs: [("x", "number", nil)], outputs: [("y", nil, nil, nil)], rows: rows)
        let model = try TestModel.compile(
            TestModel.input("x", type: "number") + "\n" + TestModel.decision("d", logic: table, inputs: ["x"])
        )
        let finding = try #require(model.findings.first { $0.code == .syntax })
        let cell = try #require(finding.location.cell)
        #expect(cell == TableCell(table: "T", row: 812, column: 1, title: "x"))
        #expect(finding.location.line == 814)
        #expect(finding.location.position.map { $0 > 5 && $0 <= 9 } == true)
        let outcome = try model.evaluate(decision: "d", inputs: ["x": .number(811)])
        #expect(outcome.value.description == "811")
        #expect(outcome.explanation.reasons.contains { $0.contains("row 812") })
    }

    @Test func brokenCellNeverPasses() throws {
        let table = TestModel.table(
            policy: "FIRST",
            inputs: [("x", nil, nil)],
            outputs: [(nil, nil, nil, nil)],
            rows: [["((", "1"], ["-", "2"]]
        )
        let model = try TestModel.compile(TestModel.input("x") + TestModel.decision("d", logic: table, inputs: ["x"]))
        #expect(!model.isValid)
        #expect(try model.text("d", ["x": 1]) == "2")
    }

    @Test func syntaxErrorInATextOfManyLinesNamesTheLine() throws {
        let model = try TestModel.compile(TestModel.decision("d", "1 +\n2 +\n)"))
        let finding = try #require(model.findings.first { $0.code == .syntax })
        #expect(finding.location.line == 4)
        #expect(finding.location.element == "d")
        #expect(try model.text("d") == "null")
    }

    @Test func otherExpressionLanguagesAreRefused() throws {
        let model = try TestModel.compile(
            "<decision id='d' name='d'><literalExpression expressionLanguage='http://www.w3.org/1999/XPath'>"
                + "<text>1</text></literalExpression></decision>"
        )
        #expect(model.findings.contains { $0.code == .unsupported })
        #expect(try model.text("d") == "null")
    }

    @Test(arguments: [
        "1 / 0", "10 ** 7000", "date(2024, 13, 1)", "[1, 2][9]", "nothing.at.all", "sqrt(-1)", "\"a\" + 1",
    ])
    func errorsAreNullWithAReason(text: String) throws {
        let outcome = try TestModel.compile(TestModel.decision("d", text)).evaluate(decision: "d", inputs: [:])
        #expect(outcome.value.isNull)
        #expect(outcome.explanation.hasErrors)
    }

    @Test func deepestLogicFitsASmallStack() async throws {
        let call = "<literalExpression><text>f(n + 1)</text></literalExpression>"
        let open = String(repeating: "<list>", count: 44)
        let close = String(repeating: "</list>", count: 44)
        let model = try TestModel.compile(
            "<businessKnowledgeModel id='k' name='f'><variable name='f'/><encapsulatedLogic><formalParameter name='n'/>"
                + open + call + close + "</encapsulatedLogic><knowledgeRequirement><requiredKnowledge href='#k'/>"
                + "</knowledgeRequirement></businessKnowledgeModel>" + TestModel.decision("d", "f(1)", knowledge: ["k"])
        )
        let decision = try model.decision(named: "d")
        let hasErrors = await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: decision.evaluate([:]).explanation.hasErrors) }
            thread.stackSize = 512 << 10
            thread.start()
        }
        #expect(hasErrors)
    }
}
