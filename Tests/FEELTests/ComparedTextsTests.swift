import FEEL
import Testing

@Suite struct ComparedTextsTests {
    @Test(
        "a cell tells which texts it names",
        arguments: [
            ("-", CellTexts.Content.everything), ("", .everything), ("\"a\"", .texts(["a"])),
            ("\"a\", \"b\"", .texts(["a", "b"])), ("not(\"a\", \"b\")", .others(["a", "b"])),
            ("not(null)", .others([])), ("starts with(?, \"a\")", .test), ("\"a\", null", .test), ("> 3", .test),
        ]
    )
    func cells(text: String, content: CellTexts.Content) {
        #expect(CellTexts(text).content == content)
    }

    @Test(
        "an expression tells what it compares a member with",
        arguments: [
            ("request.action = \"refund\"", ["refund"]), ("\"refund\" != facts.action", ["refund"]),
            ("action in (\"a\", \"b\")", ["a", "b"]), ("if x.action in [\"a\"] then 1 else 2", ["a"]),
            ("list contains([\"a\", \"b\"], request.action)", ["a", "b"]), ("request.action + \"s\"", []),
            ("request.actions = \"a\"", []), ("{action: \"a\"}", []), ("\"action\" = \"a\"", []),
        ]
    )
    func expressions(text: String, texts: [String]) {
        #expect(ComparedTexts.with("action", in: text) == texts)
    }

    @Test(
        "a path is known by its last word",
        arguments: [
            ("request.action", "action"), ("action", "action"), ("a + action", nil), ("f(action)", nil), ("", nil),
        ]
    )
    func paths(text: String, word: String?) {
        #expect(ComparedTexts.lastWord(ofPath: text) == word)
    }
}
