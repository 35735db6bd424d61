import DMN
import FEEL
import Foundation
import Testing

/// Packed sessions answer as the interpreter does where it records no error, or not at all.
@Suite struct PackedTests {
    private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func limits(_ steps: Int = 20_000) -> Limits {
        var limits = EvaluationSettings.defaultLimits
        limits.steps = steps
        return limits
    }

    /// A decision with literal logic over the inputs `x` and `y`.
    private static func decision(_ text: String, type: String? = nil) throws -> CompiledDecision {
        let decision = TestModel.decision("d", text, type: type, inputs: ["x", "y"])
        return try TestModel.compile(TestModel.input("x") + TestModel.input("y") + decision).decision(named: "d")
    }

    private static func isRefused(_ decision: CompiledDecision) -> Bool {
        do throws(PackedRefusal) {
            _ = try PackedSession(decision, limits: limits())
            return false
        } catch {
            return true
        }
    }

    // MARK: The sample policies

    @Test(arguments: ["resolution", "remaining"])
    func `the sample policy has a packed form, which answers as the interpreter does`(_ name: String) throws {
        let file = Self.root.appendingPathComponent("rules/resolution.dmn")
        let model = try CompiledModel(Array(try Data(contentsOf: file)), file: "resolution.dmn")
        let decision = try model.decision(named: name)
        var plain = EvaluationSettings()
        plain.usesIndexes = false
        let (packed, oracle) = (
            try PackedSession(decision, limits: Self.limits()), DecisionSession(decision, settings: plain)
        )
        var generator = SeededGenerator(seed: 23)
        var (answered, faultless, values) = (0, 0, Set<String>())
        for _ in 0..<1_500 {
            let inputs = AssuranceTests.randomCase(&generator)
            let ordered = decision.inputs.map { inputs[$0.name] ?? .null }
            let expected = oracle.value(ordered).description
            faultless += oracle.errors.isEmpty ? 1 : 0
            guard let value = packed.value(ordered) else { continue }
            answered += 1
            values.insert(expected)
            #expect(value.description == expected && oracle.errors.isEmpty, "\(inputs)")
        }
        #expect(answered * 10 > faultless * 9 && values.count > 20, "the property would prove little otherwise")
    }

    // MARK: Expressions

    private static let numbers = [
        "0", "1", "2.50", "2.5", "-3", "10.00", "0.001", "1000000", "123456789012345678", "-999999999999999999",
        "99999999999999999999", "0.10",
    ]
    private static let others = [
        "null", "true", "false", "\"a\"", "\"b\"", "\"\"", "\"Größe\"", "\"2024-02-29\"", "[1, 2.5]", "[]",
        "[\"a\", null]",
        "[[1], [2, [3]]]", "{a: 1, b: \"x\"}", "{b: 2}", "{}", "[{a: 1}, {a: 2.0}, {b: 3}]", "[{a: 1}, {a: 2.0}]",
        "[true, false]",
        "[null, true]",
        "date(\"2024-02-29\")", "date(\"1969-12-31\")", "[date(\"2024-02-29\"), date(\"2020-01-01\")]",
    ]

    /// Logic of every kind that has a packed form.
    private static let texts = [
        "x", "x + y", "x - y", "x * y", "x / y", "-x", "x + y - 1.0 + x", "\"(\" + x + \", \" + y + \")\"",
        "x = y", "x != y", "x < y", "x <= y", "x > y", "x >= y", "x = 2.5", "x = \"a\"", "x != null", "x = null",
        "x and y", "x or y", "x and y and true", "not(x)", "if x then y else 7", "if x = null then y else x",
        "x between 1 and y", "x instance of number", "x instance of string", "x instance of boolean",
        "x instance of date", "x.a", "x.b", "x.a + 1", "[x, y]", "[x, y][1]", "[x, y][-2]", "x[1]", "x[y]",
        "x[item > 1]", "x[item.a > 1]", "x[count(y) > 0]", "{p: x, q: p}", "{p: x, q: [p, y]}.q[2]",
        "for i in x return i", "for i in x return {v: i, w: y}", "some i in x satisfies i = y",
        "every i in x satisfies i = true", "every i in x satisfies i > 0", "count(x)", "sum(x)", "max(x)", "min(x)",
        "max(x, y)", "min(x, y, 2)", "list contains(x, y)", "index of(x, y)", "flatten(x)", "flatten([x, y])",
        "concatenate(x, y)", "concatenate(x, x, y)", "context merge([{a: null, c: 1}, x])", "context merge([x, y])",
        "string(x)", "string(x) + \"!\"", "string join(x)", "string join(x, \"-\")", "string join([x, y], \", \")",
        "decimal(x, 2)", "decimal(x, 0)", "decimal(x + y, 1)", "date(x)", "(x - y).days", "date(x).year",
        "(for i in x return {v: i}).v", "{t: x + y, s: if t > 3 then \"big\" else \"small\"}",
    ]

    @Test(arguments: texts) func `every kind of logic answers as the interpreter does`(_ text: String) throws {
        let decision = try Self.decision(text)
        let packed = try PackedSession(decision, limits: Self.limits())
        let oracle = DecisionSession(decision)
        var (answered, faultless) = (0, 0)
        let values = try (Self.numbers + Self.others).map { try Expression($0).evaluate() }
        for x in values {
            for y in values {
                let ordered = decision.inputs.map { $0.name == "x" ? x : y }
                let expected = oracle.value(ordered)
                faultless += oracle.errors.isEmpty ? 1 : 0
                guard let value = packed.value(ordered) else { continue }
                answered += 1
                #expect(value.description == expected.description, "\(x), \(y)")
                #expect(oracle.errors.isEmpty, "\(x), \(y)")
            }
        }
        #expect(answered > 0 && answered <= faultless, "the property would prove nothing otherwise")
    }

    @Test(arguments: [
        "x in [1..3]", "now()", "today()", "for i in 1..3 return i", "sort(x, function(a, b) a < b)", "x ** 2",
        "for i in x, j in y return i", "upper case(x)", "function(a) a", "date(year: 2024, month: 1, day: 1) + x",
        "x instance of list<number>", "for i in x return partial",
    ])
    func `what has no packed form is refused or bails out`(_ text: String) throws {
        let decision = try Self.decision(text)
        let isRefused = Self.isRefused(decision)
        if !isRefused {
            #expect(try PackedSession(decision, limits: Self.limits()).value([2, 3]) == nil)
        }
    }

    @Test func `results and errors of a case leave nothing for the next`() throws {
        let decision = try Self.decision("{t: x + y, u: [t, x]}")
        let packed = try PackedSession(decision, limits: Self.limits())
        #expect(packed.value([1, 2])?.description == "{t: 3, u: [3, 1]}")
        #expect(packed.value(["a", 2]) == nil)
        #expect(packed.value(["a", "b"])?.description == "{t: \"ab\", u: [\"ab\", \"a\"]}")
        #expect(packed.value([1, 2])?.description == "{t: 3, u: [3, 1]}")
    }

    @Test func `an evaluation bails out before the interpreter would run out of steps`() throws {
        let decision = try Self.decision("sum(for i in x return sum(for j in x return i + j))")
        let oracle = try PackedSession(decision, limits: Self.limits(2_000_000))
        let list = Value.list((0..<60).map { .number($0) })
        #expect(oracle.value([list, 1])?.description == "212400")
        for steps in [10, 100, 1_000, 3_000, 10_000, 30_000] {
            let packed = try PackedSession(decision, limits: Self.limits(steps))
            let session = DecisionSession(decision, settings: EvaluationSettings(limits: Self.limits(steps)))
            let expected = session.value([list, 1])
            guard let value = packed.value([list, 1]) else { continue }
            #expect(session.errors.isEmpty && value.description == expected.description, "\(steps) steps")
        }
    }

    @Test func `values too large for the memory bail out`() throws {
        let decision = try Self.decision("for i in x return [i, x]")
        let packed = try PackedSession(decision, limits: Self.limits(1_000_000))
        #expect(packed.value([.list((0..<3_000).map { .number($0) }), 1]) == nil)
        #expect(packed.value([.list((0..<3).map { .number($0) }), 1]) != nil)
    }

    // MARK: Tables and functions

    @Test(arguments: 0..<80) func `random tables answer as the search does`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let table = RandomTable(&generator, kinds: [.dash, .equal, .comparison, .interval, .list, .negation, .mixed])
        let decision = try TestModel.compile(table.xml).decision(named: "d")
        guard !Self.isRefused(decision) else { return }
        var plain = EvaluationSettings()
        plain.usesIndexes = false
        let packed = try PackedSession(decision, limits: Self.limits())
        let oracle = DecisionSession(decision, settings: plain)
        for _ in 0..<60 {
            let values = decision.inputs.map { _ in RandomTable.value(&generator) }
            let expected = oracle.value(values)
            guard let value = packed.value(values) else { continue }
            #expect(value.description == expected.description && oracle.errors.isEmpty, "\(values) in \(table.rows)")
        }
    }

    @Test func `functions of the model are called in place, each call with slots of its own`() throws {
        let least = """
            <businessKnowledgeModel id="least" name="least"><variable name="least"/><encapsulatedLogic>
            <formalParameter name="a" typeRef="number"/><formalParameter name="b" typeRef="number"/>
            <literalExpression typeRef="number"><text>if a &lt; b then a else b</text></literalExpression>
            </encapsulatedLogic></businessKnowledgeModel>
            """
        let decision = TestModel.decision(
            "d",
            "least(least(x, y), least(y, 3)) + least(x, 1)",
            inputs: ["x", "y"],
            knowledge: ["least"]
        )
        let model = try TestModel.compile(TestModel.input("x") + TestModel.input("y") + least + decision)
        let compiled = try model.decision(named: "d")
        let packed = try PackedSession(compiled, limits: Self.limits())
        let oracle = DecisionSession(compiled)
        for x in -2..<6 {
            for y in -2..<6 {
                let values = compiled.inputs.map { Value.number($0.name == "x" ? x : y) }
                #expect(packed.value(values)?.description == oracle.value(values).description)
            }
        }
        #expect(packed.value(["a", 1]) == nil)
    }
}
