import DMN
import FEEL
import Testing

/// What elements see of each other.
@Suite struct RequirementTests {
    @Test func decisionsSeeWhatTheyRequireAndNothingElse() throws {
        let model = try TestModel.compile(
            TestModel.input("a", type: "number") + TestModel.decision("b", "a * 2", inputs: ["a"])
                + TestModel.decision("c", "b + 1", decisions: ["b"]) + TestModel.decision("x", "a", decisions: ["b"])
        )
        #expect(try model.text("c", ["a": 20]) == "41")
        #expect(try model.text("x", ["a": 20]) == "null")
        #expect(model.findings.contains { $0.code == .unknownName && $0.location.element == "x" })
    }

    @Test func chainOfThousandsCostsNoStack() throws {
        var elements = TestModel.decision("d0", "1")
        for index in 1...3_000 {
            elements += TestModel.decision("d\(index)", "d\(index - 1) + 1", decisions: ["d\(index - 1)"])
        }
        let model = try TestModel.compile(elements)
        let outcome = try model.evaluate(decision: "d3000", inputs: [:])
        #expect(outcome.value.description == "3001")
        #expect(outcome.explanation.decisions.count == 3_001)
    }

    @Test func circleIsAFindingAndNull() throws {
        let model = try TestModel.compile(
            TestModel.decision("a", "b", decisions: ["b"]) + TestModel.decision("b", "c", decisions: ["c"])
                + TestModel.decision("c", "a", decisions: ["a"])
        )
        #expect(!model.isValid)
        #expect(model.findings.contains { $0.code == .cycle && $0.message.contains("→") })
        let outcome = try model.evaluate(decision: "a", inputs: [:])
        #expect(outcome.value.isNull)
        #expect(outcome.explanation.reasons.contains { $0.contains("requires itself") })
    }

    @Test func unknownReferencesAreNamedWithTheirLine() throws {
        let model = try TestModel.compile("\n\n" + TestModel.decision("a", "1", decisions: ["nowhere"]))
        let finding = try #require(model.findings.first { $0.code == .unknownReference })
        #expect(finding.message.contains("'nowhere'"))
        #expect(finding.location.line == 4)
        #expect(finding.description.hasPrefix("test.dmn:4: error: "))
    }

    @Test func unknownDecisionIsAnError() throws {
        let model = try TestModel.compile(TestModel.decision("a", "1"))
        let error = #expect(throws: DMNError.self) { try model.decision(named: "b") }
        #expect(error?.code == .unknownDecision)
    }

    // MARK: Imports

    private static let rates = TestModel.xml(
        "<itemDefinition name='tRate'><typeRef>number</typeRef><allowedValues><text>[0..1]</text></allowedValues>"
            + "</itemDefinition>" + TestModel.input("base rate", type: "number")
            + TestModel.decision("current rate", "base rate / 2", inputs: ["base rate"])
            + "<businessKnowledgeModel id='apply' name='apply rate'><variable name='apply rate'/><encapsulatedLogic>"
            + "<formalParameter name='amount' typeRef='number'/><formalParameter name='rate' typeRef='tRate'/>"
            + TestModel.literal("amount * rate") + "</encapsulatedLogic></businessKnowledgeModel>",
        name: "rates",
        namespace: "urn:rates"
    )

    private static func importing(as name: String, _ text: String) throws -> CompiledModel {
        let needs = """
            <informationRequirement><requiredDecision href="urn:rates#current rate"/></informationRequirement>
            <knowledgeRequirement><requiredKnowledge href="urn:rates#apply"/></knowledgeRequirement>
            """
        let elements =
            "<import name='\(name)' namespace='urn:rates' importType='\(TestModel.namespace)'/>"
            + "<decision id='d' name='d'><variable name='d'/>\(needs)\(TestModel.literal(text))</decision>"
        return try TestModel.compile(elements) { wanted, importer in
            #expect(importer == "test.dmn")
            return wanted.namespace == "urn:rates" ? ModelSource(bytes: Array(rates.utf8), file: "rates.dmn") : nil
        }
    }

    @Test func importedElementsAreSeenUnderTheImportsName() throws {
        let model = try Self.importing(as: "the rates", "the rates.apply rate(100, the rates.current rate)")
        #expect(model.findings.isEmpty)
        #expect(try model.text("d", ["base rate": 2]) == "100")
        #expect(try model.text("d", ["the rates.base rate": 2]) == "100")
        #expect(try model.text("d", ["the rates": .context(Context([("base rate", 2)]))]) == "100")
        #expect(try model.text("the rates.current rate", ["base rate": 2]) == "1")
    }

    @Test func importWithoutNameIsSeenDirectly() throws {
        let model = try Self.importing(as: "", "apply rate(100, current rate)")
        #expect(model.findings.isEmpty)
        #expect(try model.text("d", ["base rate": 2]) == "100")
    }

    @Test func importedTypesConstrainArguments() throws {
        let model = try Self.importing(as: "r", "r.apply rate(100, 7)")
        #expect(try model.text("d") == "null")
        let typed = try Self.importing(as: "r", "0.5 instance of r.tRate")
        #expect(try typed.text("d") == "true")
    }

    @Test func missingImportIsAFinding() throws {
        let model = try TestModel.compile("<import name='x' namespace='urn:x' importType='\(TestModel.namespace)'/>")
        #expect(model.findings.contains { $0.code == .unknownReference && $0.message.contains("urn:x") })
    }
}
