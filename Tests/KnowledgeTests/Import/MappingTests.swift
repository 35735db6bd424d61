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
        ("name: x\nelements:\n  \"a[b]\": p", 3, "name[attribute=value]"),
        ("name: x\nelements:\n  a: \"@\"", 3, "is not one of"),
        ("name: x\nversions: {order: a}", 2, "'of' is missing"),
        ("name: x\nredirects: {title: a}", 2, "needs 'target' or 'text'"),
        ("name: x\nassemble: wiki", 2, "'wiki' is not one of confluence"),
        ("name: x\nempty: drop", 2, "is not one of keep, skip"),
        ("name: x\nwikitext:\n  templates: {note: 0}", 3, "number of a parameter"),
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

    @Test func writesElementsByTheirAttributes() throws {
        let mapping = try Mapping(
            yaml: """
                name: notes
                matches: {element: [notes]}
                record: [note]
                fields:
                  id: "@id"
                  title: "@id"
                  sections:
                    - {content: body}
                elements:
                  say: text
                  "say[how=loud]": strong
                  when: "@day"
                  link: last
                """,
            file: "notes.yaml"
        )
        let result = ImportResult(
            """
            <notes xmlns:x="urn:x"><note id="1"><body><say how="low">a</say> <say x:how="loud">b</say> <when x:day="Monday">no</when>
            <link><say>to</say> <say how="loud">words</say></link></body></note></notes>
            """,
            mappings: MappingLibrary.builtIn.adding(mapping)
        )
        #expect(result.html == ["<p>a <strong>b</strong> Monday <strong>words</strong></p>"])
        #expect(result.reduced.isEmpty)
    }

    @Test func aPrefixDenotesTheNamespaceOfTheDocument() throws {
        let mapping = try Mapping(
            yaml: """
                name: cards
                matches: {element: [cards], namespace: ["urn:cards:1", "urn:cards:2"]}
                namespaces: {c: "urn:cards:2"}
                record: ["c:card"]
                fields: {id: "@id", title: "c:name"}
                """,
            file: "cards.yaml"
        )
        let mappings = MappingLibrary.builtIn.adding(mapping)
        for version in 1...2 {
            let xml = "<cards xmlns='urn:cards:\(version)'><card id='a'><name>N</name></card></cards>"
            #expect(ImportResult(xml, mappings: mappings).articles.map(\.title) == ["N"])
        }
        let other = ImportResult("<cards xmlns='urn:cards:3'><card id='a'/></cards>", mappings: mappings)
        #expect(other.problems == ["1 [document] mapping"])
    }

    @Test func keepsTheLatestOfConsecutiveVersions() throws {
        let mapping = try Mapping(
            yaml: """
                name: drafts
                matches: {element: [drafts]}
                record: [draft]
                versions: {of: "@of"}
                skip: "@gone"
                empty: skip
                fields:
                  id: "@of"
                  title: "@of"
                  sections:
                    - {content: ., format: text}
                """,
            file: "drafts.yaml"
        )
        let xml = """
            <drafts><draft of="a">1</draft><draft of="a">2</draft><draft of="b">1</draft><draft of="b" gone="yes">2</draft>
            <draft of="c" gone="yes">1</draft><draft of="c">2</draft><draft of="d"/></drafts>
            """
        let result = ImportResult(xml, mappings: MappingLibrary.builtIn.adding(mapping))
        #expect(result.articles.map(\.id) == ["a", "c"])
        #expect(result.text == ["2", "2"])
        #expect(result.skipped == ["b", "d"])
    }

    @Test func documentedDialectsAreBuiltIn() {
        let names = MappingLibrary.builtIn.mappings.map(\.name)
        #expect(
            names == [
                "medquad", "mallard", "docbook5", "docbook4", "dita", "servicenow", "atom", "rss", "mediawiki",
                "confluence",
            ]
        )
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
