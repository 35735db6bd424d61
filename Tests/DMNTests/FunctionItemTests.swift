import DMN
import FEEL
import Testing

/// Item definitions of function type, and functions as values in models (DMN 1.5, 7.3.3 and 10.3.2.9).
@Suite struct FunctionItemTests {
    private static let types = """
        <itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues><text>"A", "B"</text></allowedValues>
        </itemDefinition>
        <itemDefinition name="tRate"><functionItem outputTypeRef="number"><parameters name="amount" typeRef="number"/>
        </functionItem></itemDefinition>
        <itemDefinition name="tRates" isCollection="true"><typeRef>tRate</typeRef></itemDefinition>
        <itemDefinition name="tBook"><itemComponent name="rate"><typeRef>tRate</typeRef></itemComponent></itemDefinition>
        <itemDefinition name="tGrader"><functionItem outputTypeRef="tGrade"><parameters name="g" typeRef="tGrade"/>
        </functionItem></itemDefinition>
        """

    /// A business knowledge model; parameters are names, or names and types with a colon between them.
    private static func knowledge(
        _ name: String,
        _ parameters: [String],
        _ body: String,
        type: String? = nil
    ) -> String {
        let formal = parameters.map { parameter in
            let parts = parameter.split(separator: ":").map(String.init)
            return "<formalParameter name='\(parts[0])'" + (parts.count > 1 ? " typeRef='\(parts[1])'" : "") + "/>"
        }
        let variable = "<variable name='\(name)'" + (type.map { " typeRef='\($0)'" } ?? "") + "/>"
        return "<businessKnowledgeModel id='\(name)' name='\(name)'>\(variable)<encapsulatedLogic>" + formal.joined()
            + TestModel.literal(body) + "</encapsulatedLogic></businessKnowledgeModel>"
    }

    private static func answer(
        _ elements: String,
        _ text: String,
        knowledge: [String] = [],
        decisions: [String] = []
    ) throws -> (text: String, reasons: String) {
        let decision = TestModel.decision("d", text, decisions: decisions, knowledge: knowledge)
        let outcome = try TestModel.compile(types + elements + decision).evaluate(decision: "d", inputs: [:])
        return (outcome.value.description, outcome.explanation.reasons.joined(separator: "; "))
    }

    // MARK: Decisions and entries

    @Test(arguments: [
        ("function(x) x + 1", "tRate", "3"), ("abs", "tRate", "2"), ("function(x: number) x * 2", "tRate", "4"),
        ("function(x) \"much\"", "tRate", "null"), ("function(x: string) 1", "tRate", "null"),
        ("function(x, y) 1", "tRate", "null"), ("5", "tRate", "null"),
        ("function(x) if x > 1 then \"much\" else 1", "tRate", "null"),
        ("function(x) x", "function&lt;number&gt; -&gt; number", "2"), ("upper case", "function", "null"),
    ])
    func decisionsThatAreFunctionsConform(_ text: String, _ type: String, _ expected: String) throws {
        let rate = TestModel.decision("rate", text, type: type)
        #expect(try Self.answer(rate, "rate(2)", decisions: ["rate"]).text == expected)
    }

    @Test func aDecisionOfAnotherTypeIsNullWithTheReason() throws {
        let rate = TestModel.decision("rate", "function(x) \"much\"", type: "tRate")
        let answer = try Self.answer(rate, "rate = null", decisions: ["rate"])
        #expect(answer.text == "true")
        #expect(answer.reasons.contains("does not conform to tRate"))
        let model = try TestModel.compile(Self.types + rate)
        #expect(model.findings.contains { $0.code == .type && $0.message.contains("tRate") })
    }

    @Test func resultsThatTheTextLeavesOpenAreChecked() throws {
        let rate = TestModel.decision("rate", "function(x) if x > 1 then \"much\" else 1", type: "tRate")
        let answer = try Self.answer(rate, "[rate(1), rate(2)]", decisions: ["rate"])
        #expect(answer.text == "[1, null]")
        #expect(answer.reasons.contains("a string, is no number"))
    }

    @Test(arguments: [
        ("[abs, function(x) x]", "tRates", "for r in v return r(-2)", "[2, -2]"),
        ("abs", "tRates", "v[1](-2)", "2"), ("[abs, upper case]", "tRates", "v = null", "true"),
        ("{rate: function(x) x / 2, more: 1}", "tBook", "v.rate(3)", "1.5"), ("{rate: 1}", "tBook", "v = null", "true"),
    ])
    func functionsInsideStructuresConform(_ text: String, _ type: String, _ use: String, _ expected: String) throws {
        let decision = TestModel.decision("v", text, type: type)
        #expect(try Self.answer(decision, use, decisions: ["v"]).text == expected)
    }

    @Test func boxedFunctionsTakeTheTypeOfTheirEntry() throws {
        let function =
            "<functionDefinition><formalParameter name='x'/>" + TestModel.literal("x * 2") + "</functionDefinition>"
        func logic(_ type: String) -> String {
            "<context><contextEntry><variable name='f' typeRef='\(type)'/>\(function)</contextEntry>"
                + "<contextEntry>" + TestModel.literal("[f(2), f(\"a\"), f(x: 3)]") + "</contextEntry></context>"
        }
        let model = try TestModel.compile(Self.types + TestModel.decision("d", logic: logic("tRate")))
        #expect(try model.text("d") == "[4, null, 6]")
        let wrong = try TestModel.compile(
            "<itemDefinition name='tPair'><functionItem outputTypeRef='number'><parameters name='a'/><parameters name='b'/>"
                + "</functionItem></itemDefinition>" + TestModel.decision("d", logic: logic("tPair"))
        )
        #expect(try wrong.text("d") == "[null, null, null]")
        #expect(wrong.findings.contains { $0.code == .type })
    }

    @Test(arguments: ["number", "tRate"])
    func theTypeOfABoxedFunctionIsThatOfItsResultsOrItsOwn(_ type: String) throws {
        let function =
            "<functionDefinition typeRef='\(type)'><formalParameter name='x'/>" + TestModel.literal("x")
            + "</functionDefinition>"
        let logic =
            "<context><contextEntry><variable name='f'/>\(function)</contextEntry><contextEntry>"
            + TestModel.literal("[f(2), f(\"a\")]") + "</contextEntry></context>"
        let model = try TestModel.compile(Self.types + TestModel.decision("d", logic: logic))
        #expect(try model.text("d") == "[2, null]")
        #expect(model.isValid)
    }

    // MARK: Business knowledge models and services

    @Test(arguments: [
        ("function(x) x + 1", "11"), ("abs", "10"), ("floor", "10"), ("function(x: number) x", "10"), ("rate", "20"),
        ("function(x) \"much\"", "null"), ("function(x: boolean) 1", "null"), ("string length", "null"), ("7", "null"),
        ("[abs]", "10"), ("function(x) [x]", "null"),
    ])
    func functionsArePassedToKnowledgeModels(_ argument: String, _ expected: String) throws {
        let elements =
            Self.knowledge("apply", ["f:tRate", "x:number"], "f(x)") + Self.knowledge("rate", ["a"], "a * 2")
        #expect(try Self.answer(elements, "apply(\(argument), 10)", knowledge: ["apply", "rate"]).text == expected)
    }

    @Test func whyAnArgumentIsRefusedIsTold() throws {
        let elements = Self.knowledge("apply", ["f:tRate"], "f(1)")
        let answer = try Self.answer(elements, "apply(string length)", knowledge: ["apply"])
        #expect(answer.reasons.contains("a function is no function<number> -> number: f"))
    }

    @Test func invocationsPassFunctions() throws {
        let elements = Self.knowledge("apply", ["f:tRate", "x:number"], "f(x)")
        func call(_ argument: String, type: String = "") -> String {
            "<invocation>" + TestModel.literal("apply") + "<binding><parameter name='f'\(type)/>\(argument)</binding>"
                + "<binding><parameter name='x'/>" + TestModel.literal("4") + "</binding></invocation>"
        }
        let lambda =
            "<functionDefinition><formalParameter name='n'/>" + TestModel.literal("n - 1") + "</functionDefinition>"
        for (argument, type, expected) in [
            (lambda, "", "3"), (lambda, " typeRef='tRate'", "3"), (TestModel.literal("sqrt"), "", "2"),
            (TestModel.literal("sqrt"), " typeRef='tRate'", "2"), (TestModel.literal("upper case"), "", "null"),
            (TestModel.literal("upper case"), " typeRef='tRate'", "null"),
        ] {
            let decision = TestModel.decision("d", logic: call(argument, type: type), knowledge: ["apply"])
            #expect(try TestModel.compile(Self.types + elements + decision).text("d") == expected)
        }
    }

    @Test func aFunctionTypeGivesTypesToParametersWithoutOne() throws {
        let model = Self.knowledge("f", ["x"], "x", type: "tRate")
        #expect(try Self.answer(model, "[f(1), f(\"a\"), f([2])]", knowledge: ["f"]).text == "[1, null, 2]")
    }

    @Test(arguments: [("f", ["x:string"]), ("f", ["x", "y"]), ("f", [])])
    func aKnowledgeModelThatIsNotOfItsTypeAnswersNull(_ name: String, _ parameters: [String]) throws {
        let elements = Self.knowledge(name, parameters, "1", type: "tRate")
        let call = "f(" + parameters.map { _ in "1" }.joined(separator: ", ") + ")"
        let answer = try Self.answer(elements, call, knowledge: ["f"])
        #expect(answer.text == "null")
        if parameters != ["x:string"] { #expect(answer.reasons.contains("which does not conform to tRate")) }
        #expect(try TestModel.compile(Self.types + elements).findings.contains { $0.code == .type })
    }

    @Test func widerParametersConform() throws {
        let elements = Self.knowledge("f", ["x:Any"], "if x instance of number then x else 0", type: "tRate")
        #expect(try Self.answer(elements, "f(\"a\")", knowledge: ["f"]).text == "0")
    }

    @Test func constraintsOnArgumentsAndResultsHold() throws {
        let elements =
            Self.knowledge("typed", ["x"], "if x = \"B\" then \"Z\" else x", type: "tGrader")
            + TestModel.decision("made", "function(x) if x = \"B\" then \"Z\" else x", type: "tGrader")
        for name in ["typed", "made"] {
            let answer = try Self.answer(
                elements,
                "[\(name)(\"A\"), \(name)(\"B\"), \(name)(\"C\")]",
                knowledge: name == "typed" ? ["typed"] : [],
                decisions: name == "made" ? ["made"] : []
            )
            #expect(answer.text == "[\"A\", null, null]")
            #expect(answer.reasons.contains("tGrade"))
        }
    }

    @Test func constrainedFunctionsMayBePassedOnAsOftenAsNeeded() throws {
        let requirement = "<knowledgeRequirement><requiredKnowledge href='#down'/></knowledgeRequirement>"
        let elements = Self.knowledge("down", ["f:tGrader", "n:number"], "if n = 0 then f(\"A\") else down(f, n - 1)")
            .replacing("<encapsulatedLogic>", with: requirement + "<encapsulatedLogic>")
        #expect(try Self.answer(elements, "down(function(g) g, 20)", knowledge: ["down"]).text == "\"A\"")
    }

    @Test func servicesAreFunctionsOfTheirType() throws {
        func service(_ type: String) -> String {
            "<decisionService id='s' name='s'><variable name='s' typeRef='\(type)'/><outputDecision href='#doubled'/>"
                + "<inputData href='#i_a'/></decisionService>" + TestModel.input("a", type: "number")
                + TestModel.decision("doubled", "a * 2", inputs: ["a"])
        }
        let apply = Self.knowledge("apply", ["f:tRate"], "f(4)")
        #expect(try Self.answer(service("tRate") + apply, "apply(s)", knowledge: ["s", "apply"]).text == "8")
        #expect(try Self.answer(service("tRate"), "[s(1), s(\"a\")]", knowledge: ["s"]).text == "[2, null]")
        let wrong = try Self.answer(service("tGrader"), "s(1)", knowledge: ["s"])
        #expect(wrong.text == "null" && wrong.reasons.contains("does not conform to tGrader"))
    }

    @Test func boxedFunctionsThatHoldEachOtherEndWithAReason() throws {
        let logic =
            "<for iteratorVariable='i'><in>" + TestModel.literal("for k in 1..400 return k") + "</in><return>"
            + "<functionDefinition>" + TestModel.literal("partial") + "</functionDefinition></return></for>"
        let outcome = try TestModel.compile(TestModel.decision("d", logic: logic)).evaluate(decision: "d", inputs: [:])
        #expect(outcome.explanation.errors.contains { $0.kind == .limit })
    }
}
