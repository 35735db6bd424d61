import Foundation
import Knowledge
import PublicData
import Testing

@Suite struct MediaWikiTests {
    private static let site = """
        <siteinfo><sitename>S</sitename><dbname>helpdesk</dbname><namespaces><namespace key="0"/>
        <namespace key="1">Talk</namespace><namespace key="10">Template</namespace></namespaces></siteinfo>
        """

    private func dump(_ pages: String, version: String = "0.11", site: String = site) -> String {
        "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-\(version)/\" version=\"\(version)\" xml:lang=\"de\">\n"
            + site + pages + "</mediawiki>"
    }

    private func page(
        _ id: Int,
        _ title: String,
        _ revisions: [(time: String, text: String)],
        between: String = "<ns>0</ns>"
    ) -> String {
        let inner = revisions.enumerated().map { index, revision in
            "<revision><id>\(id * 100 + index)</id><timestamp>\(revision.time)</timestamp><contributor><ip>::1</ip></contributor>"
                + "<model>wikitext</model><text xml:space=\"preserve\">\(revision.text)</text></revision>\n"
        }
        return "<page><title>\(title)</title>\(between)<id>\(id)</id>\(inner.joined())</page>\n"
    }

    @Test(arguments: ["0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "0.10", "0.11"])
    func readsEverySchema(version: String) throws {
        let hasNumbers = !["0.2", "0.3", "0.4", "0.5"].contains(version)
        let (main, talk) = hasNumbers ? ("<ns>0</ns>", "<ns>1</ns>") : ("", "")
        let pages =
            page(
                7,
                "Stromausfall",
                [("2020-01-01T00:00:00Z", "Das [[Modem|Gerät]] neu starten. [[Category:Modems]]")],
                between: main
            )
            + page(8, "Talk:Stromausfall", [("2020-01-01T00:00:00Z", "was?")], between: talk)
        let result = ImportResult(
            dump(pages, version: version).replacing(
                "<model>wikitext</model>",
                with: version == "0.11" ? "<model>wikitext</model>" : ""
            )
        )
        #expect(result.failures.isEmpty, "\(result.failures)")
        #expect(result.dialect == "mediawiki")
        let article = try #require(result.articles.first)
        #expect(article.id == "helpdesk-7")
        #expect(article.title == "Stromausfall")
        #expect(article.locale == "de")
        #expect(article.tags == ["Modems"])
        #expect(result.html == ["<p>Das Gerät neu starten.</p>"])
        #expect(result.articles.count == 1)
        #expect(result.skipped == ["helpdesk-8"])
    }

    @Test func knowsNoOtherNamespace() {
        let result = ImportResult(dump(page(1, "A", [("t", "x")]), version: "9.9"))
        #expect(result.problems == ["1 [document] mapping"])
    }

    @Test func keepsTheLatestRevisionInAnyOrder() {
        let pages =
            page(1, "A", [("2020-01-01T00:00:00Z", "old"), ("2021-01-01T00:00:00Z", "new")])
            + page(2, "B", [("2021-01-01T00:00:00Z", "new"), ("2020-01-01T00:00:00Z", "old")])
            + page(3, "C", (0..<500).map { ("2020-01-01T00:00:00Z", "revision \($0)") })
        let result = ImportResult(dump(pages))
        #expect(result.articles.map(\.title) == ["A", "B", "C"])
        #expect(result.text == ["new", "new", "revision 499"])
        #expect(result.skipped.isEmpty)
    }

    @Test func namesThePagesOfAWikiWithoutADatabaseName() {
        let result = ImportResult(dump(page(1, "A", [("t", "x")]), site: ""))
        #expect(result.articles.map(\.id) == ["mediawiki-1"])
    }

    @Test func redirectsBeforeAndAfterTheirTargetBecomeAskedPhrases() throws {
        let pages =
            page(
                1,
                "No light",
                [("t", "#REDIRECT [[Power cut]]")],
                between: "<ns>0</ns><redirect title=\"Power cut\"/>"
            )
            + page(2, "Power cut", [("t", "Restart it.")])
            + page(3, "Blackout", [("t", "#REDIRECT [[power_cut#Night]]")])
            + page(4, "Everything dark", [("t", "#REDIRECT [[Blackout]]")])
            + page(5, "Was one", [("2020", "#REDIRECT [[Power cut]]"), ("2021", "A page of its own.")])
            + page(6, "Talk:X", [("t", "#REDIRECT [[Power cut]]")], between: "<ns>1</ns>")
        let result = ImportResult(dump(pages))
        let article = try #require(result.articles.first)
        #expect(article.title == "Power cut")
        #expect(article.asked == ["No light", "Blackout", "Everything dark"])
        #expect(result.articles.map(\.title) == ["Power cut", "Was one"])
        #expect(result.skipped == ["helpdesk-1", "helpdesk-3", "helpdesk-4", "helpdesk-6"])
    }

    @Test func leavesOutCodeHiddenTextAndEmptyPages() {
        let pages =
            page(1, "A", [("t", "{{stub}}")])
            + page(2, "B.css", [("t", "x")]).replacing("<model>wikitext", with: "<model>css")
            + page(3, "C", [("t", "x")]).replacing("xml:space=\"preserve\"", with: "deleted=\"deleted\"")
        let result = ImportResult(dump(pages))
        #expect(result.articles.isEmpty)
        #expect(result.skipped == ["helpdesk-1", "helpdesk-2", "helpdesk-3"])
        #expect(result.reduced == ["template": 1])
    }

    @Test func continuesAfterABrokenPage() {
        let broken = page(2, "B", [("t", "y")]).replacing("</text>", with: "<x></text>")
        let result = ImportResult(dump(page(1, "A", [("t", "x")]) + broken + page(3, "C", [("t", "z")])))
        #expect(result.articles.map(\.title) == ["A", "C"])
        #expect(result.failures.map(\.record) == ["helpdesk-2"])
    }

    @Test func aMappingCanSelectAnotherNamespace() throws {
        let shipped = try #require(MappingLibrary.builtIn.mappings.first { $0.name == "mediawiki" })
        var mapping = shipped
        mapping.skip = "../m:ns[. != 1]"
        let result = ImportResult(dump(page(1, "Talk:A", [("t", "x")], between: "<ns>1</ns>")), mapping: mapping)
        #expect(result.articles.map(\.title) == ["Talk:A"])
    }

    @Test(.enabled(if: PublicData.isExpected, "\(PublicData.absence)")) func readsARealDump() throws {
        let path = try PublicData.url("xml/mediawiki/mwxml_dump.xml").path
        let result = ImportResult(ArticleReader(.file(path: path)))
        #expect(result.failures.isEmpty)
        #expect(result.articles.map(\.id) == ["enwiki-1"])
        #expect(result.text == ["Revision 2 text"])
        #expect(result.skipped == ["enwiki-2"])
    }
}
