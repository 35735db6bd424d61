import FEEL
import Testing

@Suite struct NamePathTests {
    @Test(
        "uses of a name are found with what is taken from them",
        arguments: [
            ("history.customer.total_30d", [["customer", "total_30d"]]),
            ("1 + history . a . b * 2", [["a", "b"]]),
            ("if history != null then history.a else 0", [[], ["a"]]),
            ("\"history.a\" + x.history.b // history.c", []),
            ("{history: 1, other: history}", [[]]),
            ("f(history: history.a)", [["a"]]),
            ("history.a - history.b", [["a"], ["b"]]),
            ("> history.a, < history.b", [["a"], ["b"]]),
            ("historyx.a + history_b", []),
            ("history.a + \"unfinished", [["a"]]),
        ] as [(String, [[String]])]
    )
    func finding(text: String, paths: [[String]]) {
        #expect(NamePath.all(of: "history", in: text).map(\.members) == paths)
    }

    @Test(
        "a comparison with null and a question for the type are told from other uses",
        arguments: [
            ("history = null", true), ("null != history", true), ("history instance of context<>", true),
            ("f(history)", false), ("history", false), ("[history]", false), ("history = 1", false),
        ]
    )
    func probing(text: String, isProbe: Bool) {
        #expect(NamePath.all(of: "history", in: text).map(\.isProbe) == [isProbe])
    }
}
