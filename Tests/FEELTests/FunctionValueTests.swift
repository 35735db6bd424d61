import FEEL
import Testing

/// Lambdas and built-ins as values: kept, passed on and called.
@Suite struct FunctionValueTests {
    @Test(arguments: [
        ("sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]"),
        ("sort(list: [3, 1, 2], precedes: function(x: number, y: number) x > y)", "[3, 2, 1]"),
        ("sort([@\"2024-02-01\", @\"2024-01-01\"], before)", "[2024-01-01, 2024-02-01]"),
        ("{less: function(x, y) x < y, r: sort([2, 1], less)}.r", "[1, 2]"),
        ("sort([2, 1], if 1 < 2 then function(x, y) x < y else after)", "[1, 2]"),
        ("sort([1, 2], function(x) true)", "null"), ("sort([1, 2], function(x, y) x + y + 1)", "[1, 2]"),
        ("sort([1, 2], function(x: number, y: number) x + y)", "null"),
        ("sort([1, \"a\"], function(x: number, y: number) x < y)", "null"), ("sort([1, 2], upper case)", "null"),
        ("sort([1, 2], string length)", "null"), ("sort([1, 2], substring)", "null"),
    ])
    func sortTakesAnyFunctionThatMayDecide(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", "[5, 5, 7, 8]"),
        ("list replace(list: [1, 2], match: function(item, newItem) item = 1, newItem: null)", "[null, 2]"),
        ("list replace([\"ab\", \"b\"], starts with, \"a\")", "[\"a\", \"b\"]"),
        ("list replace([1, 2], function(item) true, 5)", "null"),
        ("list replace([1, 2], function(item, newItem) \"yes\", 5)", "null"),
        ("list replace([1, 2], function(item: string, newItem: number) true, 5)", "null"),
        ("list replace([1, 2], function(item: number, newItem: string) true, 5)", "null"),
        ("list replace([1, 2], function(item, newItem) null, 5)", "null"),
    ])
    func listReplaceTakesAMatch(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("for f in [abs, floor, function(x) x * 2] return f(-1.5)", "[1.5, -2, -3.0]"),
        ("(function(f, g) function(x) f(g(x)))(abs, function(x) x - 5)(1)", "4"),
        ("{twice: function(f, x) f(f(x)), r: twice(function(x) x + \"!\", \"a\")}.r", "\"a!!\""),
        ("(if true then upper case else lower case)(\"aB\")", "\"AB\""),
        ("[string length][1](\"abc\")", "3"), ("{f: substring}.f(string: \"abc\", start position: 2)", "\"bc\""),
        ("some f in [odd, even] satisfies f(2)", "true"), ("[abs, 1][item instance of number]", "[1]"),
        ("{make: function(n) function(x) x + n, add: make(3), r: add(4)}.r", "7"),
        ("(function(f: function<string> -> string) f(\"x\"))(upper case)", "\"X\""),
        ("(function(f: function<string> -> number) f(\"x\"))(upper case)", "null"),
        ("abs = abs", "true"), ("abs = floor", "false"), ("5(1)", "null"), ("abs(1, 2)", "null"),
    ])
    func functionsAreValues(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test func everyBuiltinTellsWhatItAnswers() {
        for (call, type) in [
            ("string length(\"a\")", "number"), ("split(\"a\", \"b\")", "list<string>"),
            ("get entries({a: 1})", "list<context<key: string, value: Any>>"), ("today()", "date"),
            ("week of year(@\"2024-01-01\")", "number"), ("distinct values([1])", "list<Any>"),
        ] {
            #expect(shown("(function() \(call)) instance of function<> -> \(type)") == "true", "\(call)")
        }
    }

    @Test func wrappingEndsWithAReason() {
        let evaluation = Evaluation()
        let text = """
            {wrap: function(f: function<Any> -> number, n) if n = 0 then f else wrap(function(x) f(x), n - 1),
             r: wrap(function(x) x, 1000)}.r
            """
        #expect((try? Expression(text).evaluate(evaluation).isNull) == true)
        #expect(evaluation.diagnostics.contains { $0.kind == .limit })
    }
}
