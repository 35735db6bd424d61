import Foundation
import Knowledge
import Testing

@Suite struct MappingTests {
    private static let simple = """
        name: recipes
        matches: {element: [recipes], namespace: ""}
        record: [recipe]
        fields:
          id: "@id"
          title: name
          locale: {xpath: "@lang", map: {german: de}, default: en}
          tags: {xpath: tags, split: ";"}
          valid_until: until
          sections:
            - {kind: resolution, title: "'Steps'", content: step}
            - {kind: faq, title: q, content: note, each: true, format: text}
        elements: {step: li, "soup/step": p, boring: drop}
        skip: "@hidden = 'yes'"
        """

    @Test func turnsRecordsIntoArticles() throws {
        let mapping = try Mapping(yaml: MappingTests.simple, file: "recipes.yaml")
        let result = ImportResult(
            """
            <recipes>
            <recipe id="1" lang="german"><name>Brot &amp; Salz</name><tags>a; b;a</tags><until>2030-01-01 00:00:00</until>
            <step>Mix<boring>zzz</boring></step><step>Bake</step><note><q>Why?</q> It is so.</note></recipe>
            <recipe id="2" hidden="yes"/>
            <recipe id="3" lang="fr"><name/></recipe>
            </recipes>
            """,
            mappings: MappingLibrary.builtIn.adding(mapping)
        )
        #expect(result.dialect == "recipes")
        let article = try #require(result.articles.first)
        #expect(article.locale == "de")
        #expect(article.tags == ["a", "b"])
        #expect(article.validUntil.map(ArticleTime.text) == "2030-01-01")
        #expect(article.sections.map(\.html) == ["<p>Mix</p><p>Bake</p>", "<p>Why? It is so.</p>"])
        #expect(article.sections.map(\.title) == ["Steps", "Why?"])
        #expect(result.skipped == ["2"])
        #expect(result.problems == ["5 [3] title"])
    }

    @Test(arguments: [
        ("name: x\nmatch: {element: a}", 2, "unknown key 'match'"),
        ("name: x\nmatches:\n  elements: [a]", 3, "unknown key 'elements'"),
        ("name: x\nmatches: {element: [a]}\nrecord: [r]\nfields:\n  id: \"@id\"\n  titel: t", 6, "unknown key 'titel'"),
        ("name: x\nmatches: {element: [a]}\nrecord: [r]\nfields:\n  id: \"@id[\"", 5, "fields.id: '@id[' is not XPath"),
        ("name: x\nmatches: {element: [a]}\nrecord: [r]\nfields:\n  id: \"q:id\"", 5, "q:id"),
        ("name: x\nmatches: {element: [a]}\nrecord: [\"p:r\"]", 3, "prefix 'p'"),
        ("name: x\nelements:\n  a: p\n  b: marquee", 4, "elements.b: 'marquee' is not one of"),
        ("name: x\nskip: \"1 +\"", 2, "skip"),
        ("name: x\nmatches: [a]", 2, "must be a map"),
        ("name: x\nfields:\n  sections:\n    - {kind: story, content: a}", 4, "'story' is not one of"),
        ("name: x\nfields:\n  sections:\n    - {kind: body}", 4, "'content' is missing"),
        ("name: x\nfields:\n  sections: a", 3, "must be a list"),
        ("name: [x", 2, "not YAML"), ("", 1, "empty"), ("matches: {element: a}", 1, "'name' is missing"),
        ("name: x\nname: y", 0, "twice"), ("- a", 1, "must be a map"),
    ])
    func refusesAMistakeWithItsLine(yaml: String, line: Int, words: String) {
        let error = #expect(throws: MappingError.self) { try Mapping(yaml: yaml, file: "m.yaml") }
        #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        if line > 0 { #expect(error?.line == line, "\(String(describing: error))") }
        #expect(error?.description.hasPrefix("m.yaml") == true)
    }

    @Test func shipsTheDialectsItNames() {
        let names = MappingLibrary.builtIn.mappings.map(\.name)
        #expect(names == ["medquad", "mallard", "docbook5", "docbook4", "dita", "servicenow", "atom", "rss"])
    }

    @Test func findsMappingsByNameAndFileAndFolder() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mappings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("recipes.yaml")
        try Data(MappingTests.simple.utf8).write(to: file)
        let library = try MappingLibrary.builtIn.adding(path: folder.path)
        #expect(try library.named("recipes").file.hasSuffix("recipes.yaml"))
        #expect(try MappingLibrary.builtIn.named(file.path).name == "recipes")
        #expect(throws: MappingError.self) { try library.named("unknown") }
        #expect(throws: MappingError.self) { try library.named("missing.yaml") }
        #expect(throws: MappingError.self) { try library.adding(path: "/nonexistent") }
        #expect(throws: Never.self) { try library.named("atom") }
    }

    @Test func usesTheMappingThatIsNamedWhateverTheRoot() throws {
        let mapping = try Mapping(yaml: MappingTests.simple, file: "recipes.yaml")
        let result = ImportResult("<book><recipe id='1'><name>N</name></recipe></book>", mapping: mapping)
        #expect(result.articles.map(\.title) == ["N"])
    }

    @Test func namesAFileWithoutIdAfterTheFile() {
        let page = "<page xmlns='http://projectmallard.org/1.0/'><title>T</title><p>x</p></page>"
        #expect(ImportResult(page, name: "help/C/sound.v2.page").articles.map(\.id) == ["sound.v2"])
    }
}
