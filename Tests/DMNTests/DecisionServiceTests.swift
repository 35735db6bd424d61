import DMN
import FEEL
import Testing

/// Decision services, evaluated directly and called as functions.
@Suite struct DecisionServiceTests {
    private static let elements =
        TestModel.input("a", type: "number") + TestModel.decision("rate", "0.1")
        + TestModel.decision("inner", "a * rate", inputs: ["a"], decisions: ["rate"])
        + TestModel.decision("outer", "inner + 1", decisions: ["inner"])
        + TestModel.decision("other", "a", inputs: ["a"])
            + """
            <decisionService id="s" name="service one"><variable name="service one"/><outputDecision href="#outer"/>
            <encapsulatedDecision href="#inner"/><inputDecision href="#rate"/><inputData href="#i_a"/></decisionService>
            <decisionService id="s2" name="two"><variable name="two"/><outputDecision href="#outer"/>
            <outputDecision href="#other"/><encapsulatedDecision href="#inner"/><encapsulatedDecision href="#rate"/>
            <inputData href="#i_a"/></decisionService>
            """

    private static func model(_ text: String) throws -> CompiledModel {
        try TestModel.compile(elements + TestModel.decision("d", text, knowledge: ["s", "s2"]))
    }

    @Test func directEvaluationTakesInputsAndInputDecisions() throws {
        let model = try Self.model("1")
        let service = try model.decision(named: "service one")
        #expect(service.inputs.map(\.name) == ["a", "rate"])
        #expect(service.evaluate(["a": 10, "rate": 2]).value.description == "21")
    }

    @Test func severalOutputsAreAContext() throws {
        #expect(try Self.model("1").text("two", ["a": 10]) == "{outer: 2.0, other: 10}")
    }

    @Test(arguments: [
        ("service one(10, 2)", "21"), ("service one(rate: 2, a: 10)", "21"), ("two(10).other", "10"),
        ("service one(10)", "null"), ("service one(\"x\", 2)", "null"), ("service one(a: 10, up: 2)", "null"),
    ])
    func calledAsAFunctionInputDataComeFirst(text: String, expected: String) throws {
        #expect(try Self.model(text).text("d") == expected)
    }

    @Test func resultConformsToTheFunctionType() throws {
        let model = try TestModel.compile(
            "<itemDefinition name='tS'><functionItem outputTypeRef='string'/></itemDefinition>"
                + TestModel.decision("x", "1")
                + "<decisionService id='s' name='s'><variable name='s' typeRef='tS'/><outputDecision href='#x'/>"
                + "</decisionService>"
        )
        #expect(try model.text("s") == "null")
    }

    @Test func serviceWithoutOutputIsAFinding() throws {
        let model = try TestModel.compile("<decisionService id='s' name='s'/>")
        #expect(model.findings.contains { $0.code == .missing })
        #expect(try model.text("s") == "null")
    }
}

/// Business knowledge models and services have function types.
@Suite struct FunctionTypeTests {
    @Test(arguments: [
        ("k instance of function<string> -> number", "true"), ("k instance of function<number> -> number", "false"),
        ("k instance of tFunction", "true"), ("s instance of function<> -> string", "true"),
        ("s instance of function<> -> number", "false"),
    ])
    func typesComeFromDeclarations(text: String, expected: String) throws {
        let model = try TestModel.compile(
            "<itemDefinition name='tFunction'><functionItem outputTypeRef='number'><parameters name='a' typeRef='string'/>"
                + "</functionItem></itemDefinition><businessKnowledgeModel id='k' name='k'><variable name='k'/>"
                + "<encapsulatedLogic><formalParameter name='a' typeRef='string'/>"
                + TestModel.literal("string length(a)", type: "number")
                + "</encapsulatedLogic></businessKnowledgeModel><decisionService id='s' name='s'><variable name='s'/>"
                + "<outputDecision href='#x'/></decisionService>" + TestModel.decision("x", "\"a\"", type: "string")
                + TestModel.decision("d", text, knowledge: ["k", "s"])
        )
        #expect(try model.text("d") == expected)
    }
}
