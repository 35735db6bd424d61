import Testing
import Texts

@Suite struct TextTemplateTests {
    private func render(_ source: String, _ values: [String: TextValue]) throws -> String {
        let book = try TextBook(yaml: "{k: \(quoted(source))}", locale: "en", file: "en.yaml")
        return TextSet(locale: "en", books: [book]).text("k", values)
    }

    private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

    @Test(
        arguments: [
            ("plain", "plain"), ("Hello {{name}}!", "Hello Anna!"), ("{{ name }}", "Anna"), ("a{{nothing}}b", "ab"),
            ("{{#name}}for {{name}}{{/name}}", "for Anna"), ("{{#nothing}}for {{nothing}}{{/nothing}}", ""),
            ("{{^nothing}}nobody{{/nothing}}{{^name}}nobody{{/name}}", "nobody"),
            ("{{#name}}a{{#empty}}b{{/empty}}c{{/name}}", "ac"), ("brace { }} {", "brace { }} {"),
        ]
    )
    func `values and sections are filled in`(source: String, expected: String) throws {
        #expect(try render(source, ["name": .text("Anna"), "empty": .text("")]) == expected)
    }

    @Test(arguments: ["{{", "{{}}", "{{a b}}", "{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{&a}}"])
    func `an invalid template is refused with its place`(source: String) {
        let error = #expect(throws: TextError.self) {
            try TextBook(yaml: "fine: yes\nk: \(quoted(source))", locale: "en", file: "en.yaml")
        }
        #expect(error?.description.hasPrefix("en.yaml:2:4: ") == true, "\(error?.description ?? "")")
    }

    @Test(
        arguments: [
            ("a: [b]", "1:4"), ("'a b': c", "1:1"), ("a: ''", "1:4"), ("a: b\na: c", "1:1"), ("- a", "0:0"),
            ("a: [", "2:1"),
        ]
    )
    func `a file that is not a map of texts is refused with its place`(yaml: String, place: String) {
        let error = #expect(throws: TextError.self) { try TextBook(yaml: yaml, locale: "en", file: "en.yaml") }
        #expect(error?.description.hasPrefix("en.yaml:\(place): ") == true, "\(error?.description ?? "")")
    }

    @Test func `deeply nested sections are refused, and random input never crashes`() throws {
        let deep = String(repeating: "{{#a}}", count: 20) + String(repeating: "{{/a}}", count: 20)
        #expect(throws: TextError.self) { try render(deep, [:]) }
        var state: UInt64 = 11
        let pieces = ["{{", "}}", "#", "/", "^", "a", " ", "{", "}", "'", "ä"]
        for _ in 0..<2_000 {
            var text = ""
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            _ = try? render(text, ["a": .text("x")])
        }
    }
}
