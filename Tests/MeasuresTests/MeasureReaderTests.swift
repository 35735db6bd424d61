import Foundation
import Measures
import Testing
import Vocabulary

@Suite struct MeasureReaderTests {
    private static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static let valid = """
        title: {en: Handle time, de: Bearbeitungszeit}
        population: contacts
        where: is_closed
        statistic: mean
        of: handle_seconds
        groups: [team, agent]
        direction: down
        unit: seconds
        owner: Operations
        least: 3
        """

    @Test func `a definition is read with its defaults`() throws {
        let definition = try MeasureDefinition(yaml: Self.valid, name: "handle_time", file: "handle_time.yaml")
        #expect(definition.kind == .contacts && definition.statistic == .mean && definition.least == 3)
        #expect(definition.groups == ["team", "agent"] && definition.direction == .down)
        #expect(definition.audience == .agent && definition.suppression == .complementary)
        #expect(definition.title(in: "de-AT") == "Bearbeitungszeit" && definition.title(in: "fr") == "Handle time")
        #expect(definition.expressions.map(\.member) == ["where", "of"])
    }

    @Test(
        "every mistake has its place and says what is expected",
        arguments: [
            ("where: is_closed", "where: is_close", "3:8", "did you mean “is_closed”?"),
            ("where: is_closed", "where: turns", "3:8", "true or false"),
            ("where: is_closed", "where: turns >", "3:", "where:"),
            ("where: is_closed", "where: 1 = 1", "3:8", "reads no fact"),
            ("of: handle_seconds", "of: handle_seconds / 0", "5:", "has no value for the samples"),
            ("of: handle_seconds", "of: is_closed", "5:5", "a number"),
            ("of: handle_seconds", "", "1:1", "“of” is missing, which a mean needs"),
            ("of: handle_seconds", "of: handle_seconds\nper: turns", "6:6", "a mean has no “per”"),
            ("statistic: mean", "statistic: maen", "4:12", "did you mean “mean”?"),
            ("population: contacts", "population: calls", "2:13", "contacts, turns, sessions"),
            ("[team, agent]", "[team, script]", "6:16", "cannot be grouped by “script”"),
            ("least: 3", "least: 0", "10:8", "1 to 1000"),
            ("least: 3", "leest: 3", "10:1", "did you mean “least”?"),
            ("title: {en: Handle time, de: Bearbeitungszeit}", "title: {de: Zeit}", "1:8", "“en”"),
            ("owner: Operations", "", "1:1", "“owner” is missing"),
        ]
    )
    func mistakes(text: String, wrong: String, place: String, message: String) throws {
        let error = try #require(throws: MeasureError.self) {
            try MeasureDefinition(
                yaml: Self.valid.replacing(text, with: wrong),
                name: "handle_time",
                file: "handle_time.yaml"
            )
        }
        #expect(
            error.findings.contains {
                $0.description.hasPrefix("handle_time.yaml:" + place) && $0.message.contains(message)
            },
            "\(error)"
        )
    }

    @Test(arguments: [
        "", "- a", "title: [", "a: &a [*a, *a]", String(repeating: "#\n", count: 40_000), "title: {en: x}\n\ttab: y",
    ])
    func `what is no definition is an error and nothing worse`(yaml: String) {
        #expect(throws: MeasureError.self) { try MeasureDefinition(yaml: yaml, name: "a", file: "a.yaml") }
    }

    @Test func `every mistake of a file is reported at once, in its order`() throws {
        let yaml = Self.valid.replacing("is_closed", with: "open").replacing("mean", with: "mode").replacing(
            "least: 3",
            with: "least: many"
        )
        let error = try #require(throws: MeasureError.self) {
            try MeasureDefinition(yaml: yaml, name: "handle_time", file: "a.yaml")
        }
        #expect(error.findings.map(\.line) == [4, 10])
    }

    @Test func `a ratio that divides by nothing is refused`() throws {
        let yaml = Self.valid.replacing("statistic: mean", with: "statistic: ratio\nper: transfers - transfers")
        let error = try #require(throws: MeasureError.self) {
            try MeasureDefinition(yaml: yaml, name: "a", file: "a.yaml")
        }
        #expect(error.description.contains("divides by nothing"))
    }

    @Test func `a fact that the audience may not see is refused`() throws {
        let yaml = """
            title: Response
            population: alerts
            statistic: mean
            of: response_seconds
            unit: seconds
            owner: Desk leads
            """
        let error = try #require(throws: MeasureError.self) {
            try MeasureDefinition(yaml: yaml, name: "a", file: "a.yaml")
        }
        #expect(error.findings.map(\.line) == [4] && error.description.contains("audience: supervisor"))
        let definition = try MeasureDefinition(yaml: yaml + "\naudience: supervisor", name: "a", file: "a.yaml")
        #expect(definition.audience == .supervisor)
    }

    @Test(arguments: ["", "A", "1a", "a-b", "a b", "ä", String(repeating: "a", count: 61)])
    func `names are small letters, digits and underscores`(name: String) {
        #expect(!MeasureDefinition.isName(name))
        #expect(throws: MeasureError.self) { try MeasureDefinition(yaml: Self.valid, name: name, file: "x.yaml") }
    }

    @Test func `the definitions that come with the program are sound`() throws {
        let folder = Self.repository.appendingPathComponent("rules/measures")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "yaml" }
        #expect(files.count >= 9)
        for file in files {
            let yaml = try String(contentsOf: file, encoding: .utf8)
            let name = file.deletingPathExtension().lastPathComponent
            let definition = try MeasureDefinition(yaml: yaml, name: name, file: file.lastPathComponent)
            #expect(definition.titles["de"] != nil && definition.note != nil)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `each fact has a meaning, a sample of its type and one name`(kind: RecordKind) {
        let facts = FactCatalog.facts(of: kind)
        #expect(Set(facts.map(\.name)).count == facts.count)
        for fact in facts {
            #expect(!fact.meaning.isEmpty)
            switch (fact.kind, fact.sample) {
            case (.number, .number), (.text, .text), (.flag, .flag), (.texts, .texts): break
            default: Issue.record("the sample of \(fact.name) is of another type")
            }
        }
    }

    @Test func `the documentation has the facts`() throws {
        let url = Self.repository.appendingPathComponent("docs/measures.md")
        let page = try String(contentsOf: url, encoding: .utf8)
        for kind in RecordKind.allCases { #expect(page.contains(FactCatalog.markdown(of: [kind])), "\(kind)") }
    }
}
