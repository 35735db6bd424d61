import FEEL
import Testing

@Suite struct UnaryTestsTests {
    private func result(_ text: String, _ input: Value) throws -> String {
        var scope = Scope()
        let slot = scope.declare("limit")
        let frame = Frame(evaluation: Evaluation())
        frame[slot] = 10
        return try UnaryTests(text, in: scope).evaluate(input, in: frame).description
    }

    @Test(arguments: [
        ("-", Value.null, "true"), ("", 1, "true"), ("5", 5, "true"), ("5", 6, "false"), ("-5", .number(-5), "true"),
        ("1, 2, 3", 3, "true"), ("> 5, < 2", 1, "true"), ("[1..5)", 5, "false"), ("not(1, 2)", 3, "true"),
        ("not(1, 2)", 2, "false"), ("not([1..5])", .null, "null"), ("null", .null, "true"), ("null", 1, "false"),
        ("\"a\", \"b\"", "b", "true"), ("> limit", 11, "true"), ("limit", 10, "true"),
        ("? > 2 and ? < limit", 5, "true"),
        ("even(?)", 4, "true"), ("[1, 2, 3]", 2, "true"), ("[[1..3], [7..9]]", 8, "true"), ("= 5", 5, "true"),
        ("!= 5", 5, "false"),
        ("< \"a\"", 5, "null"), ("true", true, "true"), ("false", true, "false"), ("limit > 5", "x", "true"),
        ("> 5", .null, "null"), ("limit * 2", 20, "true"), ("contains(?, \"b\")", "abc", "true"),
    ])
    func cellsTestTheirInput(_ text: String, _ input: Value, _ expected: String) throws {
        #expect(try result(text, input) == expected)
    }

    @Test(arguments: [
        ("-", "any"), ("5", "equal 5"), ("\"a\", \"b\"", "equal \"a\" | equal \"b\""), ("[1..5)", "interval [1..5)"),
        ("> 5", "interval (>5)"), ("null", "null"), ("not(1, > 5)", "not(equal 1 | interval (>5))"), ("= 5", "equal 5"),
        ("!= 5", "not(equal 5)"),
        ("date(\"2020-01-01\")", "equal 2020-01-01"), ("> @\"2020-01-01\"", "interval (>@\"2020-01-01\")"),
        ("[1, [2..3]]", "any of(equal 1 | interval [2..3])"),
        ("limit", "opaque"), ("? > 5", "opaque"), ("[limit..5]", "opaque"), ("-5", "equal -5"), ("2 * 3", "equal 6"),
        ("[5..1]", "opaque"),
    ])
    func cellsCanBeAnalysed(_ text: String, _ expected: String) throws {
        var scope = Scope()
        scope.declare("limit")
        #expect(Self.shown(try UnaryTests(text, in: scope).tests) == expected)
    }

    private static func shown(_ tests: [UnaryTest]) -> String {
        tests.map { test in
            switch test {
            case .any: "any"
            case .equal(let value): "equal \(value)"
            case .interval(let range): "interval \(range)"
            case .isNull: "null"
            case .not(let inner): "not(\(shown(inner)))"
            case .anyOf(let inner): "any of(\(shown(inner)))"
            case .opaque: "opaque"
            }
        }.joined(separator: " | ")
    }

    /// What the analysis says of a test, evaluated by itself, is what the test answers.
    @Test func analysisAgreesWithEvaluation() throws {
        let texts = [
            "5", "1, 2", "> 3", "<= 3", "[2..4]", "(2..4)", "not(3)", "not(> 3)", "!= 3", "null", "-", "[1, 3]",
            "3, null", "\"x\"",
        ]
        let inputs: [Value] = [.null, 1, 2, 3, 4, 5, "x", true]
        for text in texts {
            let tests = try UnaryTests(text)
            for input in inputs {
                let frame = Frame(evaluation: Evaluation())
                #expect(
                    tests.matches(input, in: frame) == Self.passes(input, tests.tests).isTrue,
                    "\(text) of \(input)"
                )
            }
        }
    }

    private static func passes(_ input: Value, _ tests: [UnaryTest]) -> Value {
        let outcomes = tests.map { test -> Value in
            switch test {
            case .any: true
            case .equal(let value): input.equals(value)
            case .interval(let range): range.contains(input)
            case .isNull: .boolean(input.isNull)
            case .anyOf(let inner): passes(input, inner)
            case .not(let inner):
                switch passes(input, inner) {
                case .boolean(let passes): .boolean(!passes)
                default: .null
                }
            case .opaque: .null
            }
        }
        if outcomes.contains(where: \.isTrue) { return true }
        return outcomes.contains(where: \.isNull) ? .null : false
    }
}
