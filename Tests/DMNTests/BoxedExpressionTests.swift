import DMN
import FEEL
import Testing

/// Boxed expressions, one kind after the other.
@Suite struct BoxedExpressionTests {
    private static func value(_ logic: String, _ inputs: [String: Value] = [:]) throws -> String {
        let model = try TestModel.compile(
            inputs.keys.sorted().map { TestModel.input($0) }.joined()
                + TestModel.decision("d", logic: logic, inputs: inputs.keys.sorted())
        )
        return try model.text("d", inputs)
    }

    private static func entry(_ name: String?, _ logic: String, type: String? = nil) -> String {
        let typeRef = type.map { " typeRef=\"\($0)\"" } ?? ""
        return "<contextEntry>" + (name.map { "<variable name=\"\($0)\"\(typeRef)/>" } ?? "") + logic
            + "</contextEntry>"
    }

    @Test func contextEntriesSeeEarlierOnes() throws {
        let logic =
            "<context>" + Self.entry("a b", TestModel.literal("2")) + Self.entry("c", TestModel.literal("a b * 3"))
            + "</context>"
        #expect(try Self.value(logic) == "{a b: 2, c: 6}")
    }

    @Test func contextWithResultIsItsResult() throws {
        let inner =
            "<context>" + Self.entry("x", TestModel.literal("i + 1")) + Self.entry(nil, TestModel.literal("x * x"))
            + "</context>"
        let logic = "<context>" + Self.entry("i", TestModel.literal("4")) + Self.entry("square", inner) + "</context>"
        #expect(try Self.value(logic) == "{i: 4, square: 25}")
    }

    @Test func contextEntryOfAnotherTypeIsNull() throws {
        let logic = "<context>" + Self.entry("a", TestModel.literal("1"), type: "string") + "</context>"
        #expect(try Self.value(logic) == "{a: null}")
    }

    @Test func functionsSeeTheNamesAroundThem() throws {
        let function =
            "<functionDefinition><formalParameter name='x' typeRef='number'/>"
            + TestModel.literal("x * factor") + "</functionDefinition>"
        let logic =
            "<context>" + Self.entry("factor", TestModel.literal("3")) + Self.entry("times", function)
            + Self.entry(nil, TestModel.literal("[times(2), times(x: 5), times(\"a\")]")) + "</context>"
        #expect(try Self.value(logic) == "[6, 15, null]")
    }

    @Test func invocationBindsByName() throws {
        let model = try TestModel.compile(
            "<businessKnowledgeModel id='k' name='ratio'><variable name='ratio'/><encapsulatedLogic>"
                + "<formalParameter name='top'/><formalParameter name='bottom'/>" + TestModel.literal("top / bottom")
                + "</encapsulatedLogic></businessKnowledgeModel>"
                + TestModel.decision("d", logic: Self.call("bottom", "4", "top", "2"), knowledge: ["k"])
                + TestModel.decision("unknown", logic: Self.call("bottom", "4", "up", "2"), knowledge: ["k"])
        )
        #expect(try model.text("d") == "0.5")
        #expect(try model.text("unknown") == "null")
    }

    private static func call(_ first: String, _ one: String, _ second: String, _ two: String) -> String {
        "<invocation>" + TestModel.literal("ratio") + "<binding><parameter name='\(first)'/>" + TestModel.literal(one)
            + "</binding><binding><parameter name='\(second)'/>" + TestModel.literal(two) + "</binding></invocation>"
    }

    @Test func relationIsAListOfContexts() throws {
        let logic =
            "<relation><column name='a'/><column name='b' typeRef='string'/><row>" + TestModel.literal("1")
            + TestModel.literal("\"x\"") + "</row><row>" + TestModel.literal("2") + TestModel.literal("3")
            + "</row></relation>"
        #expect(try Self.value(logic) == "[{a: 1, b: \"x\"}, {a: 2, b: null}]")
    }

    @Test(arguments: [("true", "1"), ("false", "2"), ("null", "2"), ("\"text\"", "null")])
    func conditionalTakesBooleansOnly(condition: String, expected: String) throws {
        let logic =
            "<conditional><if>\(TestModel.literal(condition))</if><then>\(TestModel.literal("1"))</then>"
            + "<else>\(TestModel.literal("2"))</else></conditional>"
        #expect(try Self.value(logic) == expected)
    }

    @Test(arguments: [
        ("[1, 2, 3]", "item >= 2", "[2, 3]"), ("[{a: 1}, {a: 5}]", "a > 2", "[{a: 5}]"),
        ("[]", "true", "[]"), ("[1]", "\"text\"", "null"), ("7", "true", "null"), ("[1, null, 3]", "item > 1", "[3]"),
    ])
    func filterKeepsWhatMatches(list: String, match: String, expected: String) throws {
        let logic = "<filter><in>\(TestModel.literal(list))</in><match>\(TestModel.literal(match))</match></filter>"
        #expect(try Self.value(logic) == expected)
    }

    @Test func iterationSeesItemAndPartialResults() throws {
        let logic =
            "<for iteratorVariable='n'><in>\(TestModel.literal("[1, 2, 3, 4]"))</in><return>"
            + TestModel.literal("n + (if count(partial) > 0 then partial[-1] else 0)") + "</return></for>"
        #expect(try Self.value(logic) == "[1, 3, 6, 10]")
    }

    @Test(arguments: [
        ("some", "[1, 2]", "n > 1", "true"), ("some", "[1, 2]", "n > 2", "false"), ("some", "[]", "true", "false"),
        ("every", "[1, 2]", "n > 0", "true"), ("every", "[1, 2]", "n > 1", "false"), ("every", "[]", "false", "true"),
        ("some", "[1, null]", "n > 1", "null"), ("every", "[1, null]", "n > 0", "null"), ("some", "1", "true", "null"),
        ("every", "[1, 2]", "if n = 1 then true else 5", "null"),
    ])
    func quantifiersFollowTernaryLogic(kind: String, list: String, condition: String, expected: String) throws {
        let logic =
            "<\(kind) iteratorVariable='n'><in>\(TestModel.literal(list))</in><satisfies>"
            + TestModel.literal(condition) + "</satisfies></\(kind)>"
        #expect(try Self.value(logic) == expected)
    }

    @Test func endlessRecursionIsNullWithAReason() throws {
        let model = try TestModel.compile(
            "<businessKnowledgeModel id='k' name='f'><variable name='f'/><encapsulatedLogic><formalParameter name='n'/>"
                + TestModel.literal("f(n + 1)")
                + "</encapsulatedLogic><knowledgeRequirement><requiredKnowledge href='#k'/>"
                + "</knowledgeRequirement></businessKnowledgeModel>" + TestModel.decision("d", "f(1)", knowledge: ["k"])
        )
        let outcome = try model.evaluate(decision: "d", inputs: [:])
        #expect(outcome.value.isNull)
        #expect(outcome.explanation.errors.contains { $0.kind == .limit })
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: ["f(n + 1) + f(n + 1)", "(function(x) f(x) + f(x))(n + 1)", "count(for i in 1..9 return f(n + i))"]
    )
    func branchingRecursionIsBounded(text: String) throws {
        let model = try TestModel.compile(
            "<businessKnowledgeModel id='k' name='f'><variable name='f'/><encapsulatedLogic><formalParameter name='n'/>"
                + TestModel.literal(text) + "</encapsulatedLogic><knowledgeRequirement><requiredKnowledge href='#k'/>"
                + "</knowledgeRequirement></businessKnowledgeModel>" + TestModel.decision("d", "f(1)", knowledge: ["k"])
        )
        var limits = Limits()
        limits.steps = 50_000
        let outcome = try model.evaluate(decision: "d", inputs: [:], settings: EvaluationSettings(limits: limits))
        #expect(outcome.explanation.errors.contains { $0.kind == .limit })
    }

    @Test func recursionEnds() throws {
        let model = try TestModel.compile(
            "<businessKnowledgeModel id='k' name='f'><variable name='f'/><encapsulatedLogic><formalParameter name='n'/>"
                + TestModel.literal("if n <= 1 then 1 else n * f(n - 1)")
                + "</encapsulatedLogic><knowledgeRequirement><requiredKnowledge href='#k'/></knowledgeRequirement>"
                + "</businessKnowledgeModel>" + TestModel.decision("d", "f(10)", knowledge: ["k"])
        )
        #expect(try model.text("d") == "3628800")
    }

    @Test func externalFunctionIsToldAsUnsupported() throws {
        let function =
            "<functionDefinition kind='Java'><formalParameter name='x'/><context>"
            + Self.entry("class", TestModel.literal("\"java.lang.Math\"")) + "</context></functionDefinition>"
        let logic = "<context>" + Self.entry("f", function) + Self.entry(nil, TestModel.literal("f(1)")) + "</context>"
        let model = try TestModel.compile(TestModel.decision("d", logic: logic))
        let outcome = try model.evaluate(decision: "d", inputs: [:])
        #expect(outcome.value.isNull)
        #expect(outcome.explanation.errors.contains { $0.kind == .unsupported })
    }
}

/// Filters over items whose form is known only at run time.
@Suite struct DynamicFilterTests {
    @Test func entriesOfItemsOfUnknownFormAreNames() throws {
        let logic =
            "<filter><in>\(TestModel.literal("people"))</in><match>"
            + TestModel.literal("age >= limit // and nothing else") + "</match></filter>"
        let model = try TestModel.compile(
            TestModel.input("people") + TestModel.input("limit")
                + TestModel.decision("d", logic: logic, inputs: ["people", "limit"])
        )
        let people = try Expression("[{age: 10}, {age: 30}, 7, {name: \"x\"}]").evaluate()
        #expect(try model.text("d", ["people": people, "limit": 18]) == "[{age: 30}]")
    }
}
