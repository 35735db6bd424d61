import FEEL
import Testing

@Suite struct OperatorTests {
    @Test(arguments: [
        ("1 + 2 * 3", "7"), ("-3 ** 2", "9"), ("2 ** 3 ** 2", "64"), ("10 / 4", "2.5"), ("1 / 0", "null"),
        ("0.1 + 0.2", "0.3"), ("10 - 4 - 3", "3"), ("\"a\" + \"b\"", "\"ab\""), ("\"a\" - \"b\"", "null"),
        ("1 + \"a\"", "null"), ("- -1", "1"), (".5 + 1", "1.5"), ("1 + /* two */ 2 // three", "3"),
    ])
    func arithmeticFollowsPrecedenceAndTypes(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("true and null", "null"), ("false and null", "false"), ("true or null", "true"), ("false or 1", "null"),
        ("null and false", "false"), ("not(null)", "null"), ("not(false)", "true"),
        ("true and true and false", "false"), ("true or false and false", "true"),
    ])
    func logicHasThreeValues(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("1 = 1.00", "true"), ("1 = \"1\"", "null"), ("null = null", "true"), ("1 != null", "true"),
        ("[1, [2]] = [1, [2]]", "true"), ("{a: 1, b: 2} = {b: 2, a: 1}", "true"), ("{a: 1} = {a: 2}", "false"),
        ("\"e\\u0301\" = \"\\u00e9\"", "false"), ("\"a\" < \"b\"", "true"), ("1 < \"b\"", "null"),
        ("true < false", "null"), ("2 between 1 and 3", "true"), ("1 between null and 3", "null"),
        ("[1..3] = [1..3)", "false"), ("(< 10) = (< 10)", "true"), ("duration(\"P1Y\") = duration(\"P365D\")", "null"),
    ])
    func comparisonIsByType(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("5 in [1..10]", "true"), ("5 in (5..10]", "false"), ("5 in ]5..10[", "false"), ("10 in [5..10[", "false"),
        ("1 in (1, 2, > 5)", "true"), ("7 in (1, 2, > 5)", "true"), ("3 in (1, 2, > 5)", "false"),
        ("3 in < 5", "true"), ("3 in (? > 2 and ? < 4)", "true"), ("1 in [[2..4], [1..3]]", "true"),
        ("null in [1..10]", "null"), ("[1] in [[1], [2]]", "true"), ("\"x\" in \"x\"", "true"),
        ("5 in (1 + 1)", "false"), ("2 in (1 + 1)", "true"), ("5 in [10..1]", "false"), ("5 in []5..7], 1]", "false"),
        ("5 in ( (5..10] )", "false"), (">= 10", "(>=10)"), ("if true then < 5 else 1", "(<5)"),
        ("6 in []5..7], 1]", "true"), ("[][1]", "null"), ("[10..1]", "null"),
    ])
    func membershipTakesTests(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("1 instance of number", "true"), ("null instance of number", "false"), ("null instance of Null", "true"),
        ("[1, 2] instance of list<number>", "true"), ("[1, \"a\"] instance of list<number>", "false"),
        ("[1] instance of list", "null"), ("1 instance of nothing known", "null"),
        ("{a: 1, b: 2} instance of context<a: number>", "true"), ("[1..2] instance of range<number>", "true"),
        ("@\"P1Y\" instance of years and months duration", "true"),
        ("(function(a: string) a) instance of function<string> -> Any", "true"),
        ("(function() 1) instance of function<> -> number", "true"),
        ("(function(a) a) instance of function<> -> Any", "false"),
    ])
    func instanceOfFollowsTheLattice(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("if true then 1 else 2", "1"), ("if null then 1 else 2", "2"), ("if 1 then 1 else 2", "null"),
        ("1 + if false then 1 else 2", "3"),
    ])
    func conditionsMustBeBoolean(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test func chainsOfOperatorsMayBeLong() {
        #expect(shown(String(repeating: "1 + ", count: 5_000) + "1") == "5001")
        #expect(shown(String(repeating: "true and ", count: 5_000) + "false") == "false")
    }
}
