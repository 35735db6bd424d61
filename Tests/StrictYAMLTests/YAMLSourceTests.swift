import StrictYAML
import Testing
import Yams

@Suite struct YAMLSourceTests {
    private static let limits = YAMLSource.Limits(bytes: 2_000, aliases: 3, aliasBytes: 200, values: 50, depth: 5)

    private func problem(_ text: String) -> YAMLProblem? {
        do {
            _ = try YAMLSource(text, limits: Self.limits).root()
            return nil
        } catch {
            return error
        }
    }

    @Test func `a document is read, and an empty text has none`() throws {
        let root = try #require(try YAMLSource("a: [1, {b: c}]", limits: Self.limits).root())
        #expect(root.mapping?["a"]?.sequence?.count == 2)
        #expect(try YAMLSource(" \n# nothing\n", limits: Self.limits).root() == nil)
    }

    @Test(
        "what is wrong has its place",
        arguments: [
            ("a: [", YAMLProblem.Kind.syntax, 2, 1), ("a: 1\nb: {c: 1, c: 2}", .duplicate(["c"]), 2, 5),
            ("a: *b", .syntax, 1, 4), ("\ta: b", .syntax, 1, 1),
        ]
    )
    func places(text: String, kind: YAMLProblem.Kind, line: Int, column: Int) {
        let found = problem(text)
        #expect(found?.kind == kind && found?.line == line && found?.column == column, "\(String(describing: found))")
    }

    @Test func `messages say what it is in the words of the reader`() {
        let double = problem("a: 1\na: 2")
        #expect(double?.message() == "a key occurs twice: [\"a\"]")
        #expect(double?.message(key: "member") == "a member occurs twice: [\"a\"]")
        #expect(double?.duplicates == "“a” occurs twice in one map, expected once")
        #expect(problem("a: [")?.message().hasPrefix("this is not YAML: ") == true)
        #expect(problem("a: [")?.duplicates == nil)
    }

    @Test(
        "a small text cannot stand for a huge value",
        arguments: [
            (String(repeating: "#", count: 2_001), YAMLProblem.Kind.tooLong),
            ("[" + Array(repeating: "1", count: 60).joined(separator: ",") + "]", .limit), ("[[[[[[1]]]]]]", .limit),
            ("a: &a [1,2,3,4,5,6,7]\nb: &b [*a,*a]\nc: &c [*b]\nd: [*a, *b, *c]", .limit),
            ("&a a: [*a, *a, *a, *a]", .limit),
            ("a: &a b\nc: *a # " + String(repeating: "x", count: 200), .limit),
        ]
    )
    func bounds(text: String, kind: YAMLProblem.Kind) {
        #expect(problem(text)?.kind == kind)
        #expect(problem(text)?.line == 0)
    }

    @Test func `values of an alias count at every use`() {
        #expect(problem("a: &a [1,2,3,4,5]\nb: [*a, *a, *a]") == nil)
        let many = "a: &a [" + Array(repeating: "1", count: 14).joined(separator: ",") + "]\nb: [*a, *a, *a]"
        #expect(problem(many)?.kind == .limit)
    }

    @Test(
        "aliases are counted wherever they can stand",
        arguments: [
            "- *a\n- *a\n- *a\n- *a", "[*a, *a,*a ,\t*a]", "{b: *a, c: *a, *a : d, ? *a : e}",
            "- - *a\n  - *a\n- ? *a\n  : *a",
            "b: *a\r\nc: *a\r\nd: *a\r\ne: *a", "\"b\": *a\n'c': *a\nd:\n  *a\ne:\n\n    *a",
            "- *a\u{85}- *a\u{2028}- *a\u{2029}- *a",
        ]
    )
    func aliases(text: String) {
        #expect(problem("- &a 1\n- " + text.replacing("\n", with: "\n  "))?.kind == .limit)
    }

    @Test func `asterisks and question marks within a phrase are no aliases`() throws {
        let phrase = "- &a (cancel|end) *3 (the)? *2 contract - *well"
        let many = Array(repeating: phrase, count: 3).joined(separator: "\n").replacing("&a", with: "and")
        #expect(problem("- &a 1\n" + many) == nil)
    }
}
