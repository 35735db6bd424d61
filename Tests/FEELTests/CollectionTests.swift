import FEEL
import Testing

@Suite struct CollectionTests {
    @Test(arguments: [
        ("[1, 2, 3][1]", "1"), ("[1, 2, 3][-1]", "3"), ("[1, 2, 3][4]", "null"), ("[1, 2, 3][0]", "null"),
        ("[1, 2, 3, 4][item > 2]", "[3, 4]"), ("3[item > 2]", "[3]"), ("3[1]", "3"), ("null[1]", "null"),
        ("[{x: 1, y: 2}, {x: null, y: 3}][x < 2]", "[{x: 1, y: 2}]"), ("[{x: 1}, {y: 2}][x = 1].x", "[1]"),
        ("[{item: 1}, {item: 2}][item >= 2]", "[{item: 2}]"), ("[1, 2][null]", "null"), ("[][item > 1]", "[]"),
        ("[[1, 2], [3]][count(item) = 1]", "[[3]]"), ("[{x y: 1}][x y = 1].x y", "[1]"),
        ("[1, 2, 3][count([1, 2])]", "2"),
    ])
    func filtersTakeIndicesAndConditions(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("{a: 1, b: a + 1}.b", "2"), ("{a b: 1, c: a b + 1}.c", "2"), ("{a: {b: [1, 2]}}.a.b[2]", "2"),
        ("[{a: 1}, {a: 2}].a", "[1, 2]"), ("null.a", "null"), ("{a: 1}.b", "null"), ("{\"a-b\": 1, c: a-b}.c", "1"),
        ("[1..5].start included", "true"), ("(> 5).end", "null"),
    ])
    func pathsReachMembers(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("for i in 1..3 return i * i", "[1, 4, 9]"), ("for i in 3..1 return i", "[3, 2, 1]"),
        ("for i in [1, 2], j in [10, 20] return i + j", "[11, 21, 12, 22]"),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"),
        ("for d in @\"2020-02-28\"..@\"2020-03-01\" return d", "[2020-02-28, 2020-02-29, 2020-03-01]"),
        ("for i in [1..3) return i", "[1, 2]"), ("for i in 5 return i", "[5]"), ("for i in null return i", "null"),
        ("for a in [[1], [2, 3]], b in a return b", "[1, 2, 3]"),
    ])
    func loopsIterate(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("some x in [1, 2] satisfies x > 1", "true"), ("every x in [1, 2] satisfies x > 1", "false"),
        ("some x in [] satisfies x", "false"), ("every x in [] satisfies x", "true"),
        ("some x in [1, null] satisfies x > 1", "null"), ("every x in [null, 1] satisfies x > 1", "false"),
        ("some x in [1, 2], y in [2, 3] satisfies x = y", "true"),
    ])
    func quantifiersHaveThreeValues(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("(function(a, b) a - b)(5, 3)", "2"), ("(function(a, b) a - b)(b: 3, a: 5)", "2"),
        ("(function(a, b) b)(a: 5)", "null"), ("(function(a) a)()", "null"), ("(function(a: number) a)(\"x\")", "null"),
        ("(function(a: number) a)([7])", "7"), ("{f: function(x) function(y) x + y, g: f(3)(4)}.g", "7"),
        ("{fact: function(n) if n < 2 then 1 else n * fact(n - 1), r: fact(20)}.r", "2432902008176640000"),
        ("(for i in [1, 2] return function() i)[1]()", "1"), ("\"abs\"(1)", "null"), ("nothing(1)", "null"),
        ("{my abs: abs, r: my abs(-1)}.r", "1"), ("(function(a) external {java: {class: \"x\"}})(1)", "null"),
    ])
    func functionsCloseOverTheirScope(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }
}
