import FEEL
import Foundation
import Testing

@Suite struct LimitTests {
    private static func repeated(_ text: String, _ count: Int = 10_000) -> String {
        String(repeating: text, count: count)
    }

    @Test(arguments: [
        repeated("(") + "1" + repeated(")"), repeated("[") + repeated("]"), repeated("{a:") + "1" + repeated("}"),
        repeated("-") + "x",
        repeated("not(") + "true" + repeated(")"), repeated("if true then 1 else ") + "1", "{b:1}" + repeated(".b"),
        "[1]" + repeated("[1]"),
        repeated("function() ") + "1", repeated("1 in (") + "1" + repeated(")"), repeated("for i in [1] return ") + "i",
        "1 instance of " + repeated("list<") + "number" + repeated(">"), "1" + repeated("=1"), repeated("]"),
        repeated("< "),
        "for " + repeated("a in [1], ") + "b in [1] return b",
    ])
    func deepTextIsRefused(_ text: String) {
        #expect(throws: SyntaxError.self) { try Expression(text) }
        #expect(throws: SyntaxError.self) { try UnaryTests(text) }
    }

    @Test(arguments: [
        ("{f: function(n) f(n + 1), r: f(1)}.r", "limit"), ("{f: function(g, n) g(g, n + 1), r: f(f, 1)}.r", "limit"),
        ("for i in 1..100000 return if i = 1 then [] else [partial[-1]]", "limit"),
        ("for i in 1..1000000000 return i", "limit"),
        ("some i in 1..1000000000 satisfies i < 0", "limit"),
        ("for a in 1..1000, b in 1..1000, c in 1..1000 return a", "limit"),
        (
            "{r: for i in 1..60 return if i = 1 then \"0123456789abcdef\" else partial[-1] + partial[-1], s: r[-1]}.s",
            "type"
        ),
        ("{fib: function(n) if n < 2 then n else fib(n - 1) + fib(n - 2), r: fib(60)}.r", "limit"),
        ("string(for i in 1..60 return if i = 1 then 1 else [partial[-1], partial[-1]])", "limit"),
        ("{a: for i in 1..40000 return i, r: for i in 1..40000 return a = a}.r", "limit"),
        ("{a: for i in 1..40000 return i, r: for i in 1..40000 return sum(a)}.r", "limit"),
        ("9.999999 ** 999999999", "arithmetic"), ("10 ** 9999", "arithmetic"),
    ])
    func endlessWorkEndsWithAReason(_ text: String, _ kind: String) throws {
        var limits = Limits()
        limits.steps = 200_000
        limits.listCount = 50_000
        limits.stringLength = 100_000
        let evaluation = Evaluation(limits: limits)
        #expect(try Expression(text).evaluate(evaluation).isNull)
        #expect(evaluation.diagnostics.contains { $0.kind.rawValue == kind })
    }

    @Test(arguments: ["", "-"])
    func iterationsHaveWholeEndsBelowAPowerOfTwo(_ sign: String) throws {
        // 2 to the power of 62.
        let (largest, bound) = ("\(sign)4611686018427387903", "\(sign)4611686018427387904")
        let before = "\(sign)4611686018427387902"
        #expect(shown("for i in \(before)..\(largest) return i") == "[\(before), \(largest)]")
        for ends in ["\(bound)..\(largest)", "\(largest)..\(bound)", "\(sign)9223372036854775807..0", "0..\(sign)1.5"] {
            let evaluation = Evaluation()
            #expect(try Expression("some i in \(ends) satisfies true").evaluate(evaluation).isNull, "\(ends)")
            #expect(evaluation.diagnostics.map(\.kind) == [.type], "\(ends)")
        }
    }

    @Test func diagnosticsAreBounded() throws {
        let evaluation = Evaluation()
        _ = try Expression("for i in 1..1000 return i + \"a\"").evaluate(evaluation)
        #expect(evaluation.diagnostics.count == 100 && evaluation.droppedDiagnostics == 900)
    }

    @Test func typesThatGrowWithoutEndAreForgotten() throws {
        let shared = (1...200).map { "c\($0): {x: c\($0 - 1), y: c\($0 - 1)}" }.joined(separator: ", ")
        #expect(try Expression("{c0: 1, \(shared), r: if true then [c200, c200] else c199}").type == .any)
        let deep = (1...9_000).map { "c\($0): [c\($0 - 1)]" }.joined(separator: ", ")
        let evaluation = Evaluation()
        #expect(try Expression("{c0: 1, \(deep)}.c9000").evaluate(evaluation).isNull)
        #expect(evaluation.diagnostics.contains { $0.kind == .limit })
    }

    @Test func nestingWithinTheBoundWorks() {
        #expect(shown(Self.repeated("(", 90) + "7" + Self.repeated(")", 90)) == "7")
        #expect(shown("{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(100)}.r") == "100")
    }

    @Test func randomBytesNeverCrash() {
        var generator = SeededGenerator(42)
        for _ in 0..<3_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            evaluate(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test func randomTokensNeverCrash() {
        var generator = SeededGenerator(43)
        for _ in 0..<6_000 {
            let count = Int.random(in: 1...16, using: &generator)
            evaluate(
                (0..<count).compactMap { _ in Self.tokens.randomElement(using: &generator) }.joined(separator: " ")
            )
        }
    }

    @Test func brokenExpressionsNeverCrash() {
        var generator = SeededGenerator(44)
        for _ in 0..<4_000 {
            guard var scalars = Self.seeds.randomElement(using: &generator).map({ Array($0.unicodeScalars) }) else {
                continue
            }
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<scalars.count, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0 where scalars.count > 1: scalars.remove(at: index)
                case 1: scalars.insert(scalars[Int.random(in: 0..<scalars.count, using: &generator)], at: index)
                default: scalars.swapAt(index, Int.random(in: 0..<scalars.count, using: &generator))
                }
            }
            evaluate(String(String.UnicodeScalarView(scalars)))
        }
    }

    private func evaluate(_ text: String) {
        var limits = Limits()
        limits.steps = 2_000
        limits.listCount = 500
        limits.patternSteps = 2_000
        let evaluation = Evaluation(limits: limits)
        var scope = Scope()
        let frame = Frame(evaluation: evaluation)
        frame[scope.declare("x y")] = 5
        frame[scope.declare("list")] = .list([1, "a", .null, .context(Context([("a", 1)]))])
        if let expression = try? Expression(text, in: scope) { _ = expression.evaluate(in: frame).description }
        if let tests = try? UnaryTests(text, in: scope) { _ = tests.evaluate(5, in: frame).description }
    }

    private static let tokens = [
        "1", "0", "-1", "2.5", "1e30", "\"a\"", "\"\"", "x y", "list", "item", "?", "null", "true", "(", ")", "[", "]",
        "{", "}", "a:", ",", ".", "..",
        "+", "-", "*", "/", "**", "=", "!=", "<", ">=", "and", "or", "in", "between", "if", "then", "else", "for i in",
        "return", "i", "partial",
        "some i in", "satisfies", "function(a)", "a", "instance of", "list<number>", "@\"P1D\"", "@\"2020-01-01\"",
        "@\"10:00:00@Europe/Paris\"", "date and time(",
        "sublist(", "substring(", "matches(", "split(", "range(", "sort(list, ", "years and months duration(",
        "context put(", "-", "not(", "9999999999999999999",
    ]

    private static let seeds = [
        "for i in 1..3 return if i > 1 then i * partial[-1] else 1",
        "[{a: 1, b: \"x\"}, {a: 2}][a > 1 and item.b != null].a", "substring(\"foobar\", -3, 2) + string(@\"P1DT2H\")",
        "{f: function(x: number) x ** 2, r: f(3)}.r between 1 and 10",
        "date and time(\"2020-01-01T10:00:00@Europe/Paris\") + duration(\"P1M\") < now()",
        "5 in (1, [2..4), > 7, not(5))",
        "replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\", \"i\")",
        "some x in list satisfies x instance of context<a: number>",
        "sort(list: [3, 1, 2], precedes: function(a, b) a < b)[-1]",
    ]
}
