import Knowledge
import Testing
import Vocabulary

@Suite struct NativeFormatTests {
    @Test func readsEveryPartOfAnArticle() throws {
        let result = ImportResult(
            """
            <article xmlns="urn:frontline:knowledge:1" id="late-delivery-refund" locale="de-AT" status="draft"
                audience="supervisor" restrict="team:vip site:graz" valid-from="2026-01-01"
                valid-until="2027-01-01T00:00:00.5Z">
              <title> Refund  for a
                 late delivery </title>
              <summary>When &amp; how</summary>
              <keywords><keyword>refund</keyword><keyword> money  back </keyword><keyword>refund</keyword></keywords>
              <tags><tag>delivery</tag></tags>
              <section kind="issue"><p>It is late.</p></section>
              <section kind="resolution" title="What to do"><ol><li>Look</li><li>Pay</li></ol></section>
              <section>bare text</section>
            </article>
            """
        )
        #expect(result.failures.isEmpty)
        let article = try #require(result.articles.first)
        #expect(article.id == "late-delivery-refund")
        #expect(article.locale == "de-AT")
        #expect(article.status == .draft)
        #expect(article.audience == .supervisor)
        #expect(article.restrict.map(\.description) == ["team:vip", "site:graz"])
        #expect(article.validFrom.map(ArticleTime.text) == "2026-01-01")
        #expect(article.validUntil.map(ArticleTime.text) == "2027-01-01T00:00:00.500Z")
        #expect(article.title == "Refund for a late delivery")
        #expect(article.summary == "When & how")
        #expect(article.keywords == ["refund", "money back"])
        #expect(article.tags == ["delivery"])
        #expect(article.sections.map(\.kind) == [.issue, .resolution, .body])
        #expect(article.sections.map(\.title) == [nil, "What to do", nil])
        #expect(
            article.sections.map(\.html) == [
                "<p>It is late.</p>", "<ol><li>Look</li><li>Pay</li></ol>", "<p>bare text</p>",
            ]
        )
        #expect(article.sections.map(\.text) == ["It is late.", "Look\nPay", "bare text"])
        #expect(article.source == "local")
        #expect(result.lines == [1])
    }

    @Test func usesDefaults() throws {
        let article = try #require(ImportResult(native("<article id='a'><title>T</title></article>")).articles.first)
        #expect(article == Article(id: "a", title: "T"))
        #expect(article.locale == "en")
        #expect(article.status == .published)
        #expect(article.audience == .agent)
    }

    @Test(arguments: [
        ("<article><title>T</title></article>", "2 [#2] id", "id"),
        ("<article id=' '><title>T</title></article>", "2 [ ] id", "white space"),
        ("<article id='a&#9;b'><title>T</title></article>", "2 [a\tb] id", "control character"),
        ("<article id='x'/>", "2 [x] title", "title"),
        ("<article id='x'><title> </title></article>", "2 [x] title", "title"),
        ("<article id='x' locale='no_NO'><title>T</title></article>", "2 [x] locale", "no_NO"),
        ("<article id='x' status='live'><title>T</title></article>", "2 [x] status", "draft, published, retired"),
        ("<article id='x' audience='all'><title>T</title></article>", "2 [x] audience", "knowledge_manager"),
        ("<article id='x' restrict='vip'><title>T</title></article>", "2 [x] restrict", "team:vip"),
        ("<article id='x' restrict='team:'><title>T</title></article>", "2 [x] restrict", "'team:'"),
        ("<article id='x' valid-from='soon'><title>T</title></article>", "2 [x] date", "valid-from: 'soon'"),
        ("<article id='x' valid-from='2026-02-30'><title>T</title></article>", "2 [x] date", "2026-02-30"),
        (
            "<article id='x' valid-from='2027-01-01' valid-until='2026-01-01'><title>T</title></article>", "2 [x] date",
            "later"
        ),
        ("<article id='x' colour='red'><title>T</title></article>", "2 [x] unknown", "attribute 'colour' of 'article'"),
        ("<article id='x' xml:lang='de'><title>T</title></article>", "2 [x] unknown", "'xml:lang'"),
        ("<article id='x'><title>T</title>\n<body>B</body></article>", "3 [x] unknown", "element 'body' in 'article'"),
        ("<article id='x'><title>T</title>\n<title>U</title></article>", "3 [x] unknown", "twice"),
        ("<article id='x'><title>T <b>b</b></title></article>", "2 [x] unknown", "'b' in 'title'"),
        ("<article id='x'><title>T</title><section kind='story'/></article>", "2 [x] section", "issue, environment"),
        ("<article id='x'><title>T</title><section type='faq'/></article>", "2 [x] unknown", "'type' of 'section'"),
        ("<article id='x'><title>T</title>loose words</article>", "2 [x] unknown", "loose words"),
        (
            "<article id='x'><title>T</title><keywords><tag>t</tag></keywords></article>", "2 [x] unknown",
            "'tag' in 'keywords'"
        ),
        ("<article id='x'><title>T</title><x:section xmlns:x='urn:x'/></article>", "2 [x] unknown", "{urn:x}section"),
        ("<artcle id='x'><title>T</title></artcle>", "2 [x] unknown", "'artcle', expected 'article'"),
    ])
    func refusesOneRecordByNameAndLineAndKeepsTheOthers(record: String, problem: String, words: String) {
        let good = "<article id='%'><title>T</title></article>"
        let xml = native(
            good.replacing("%", with: "first") + "\n" + record + good.replacing("%", with: "last")
        )
        let result = ImportResult(xml)
        #expect(result.articles.map(\.id) == ["first", "last"])
        #expect(result.problems == [problem])
        #expect(result.failures.first?.error.message.contains(words) == true, "\(result.failures)")
    }

    @Test func refusesTextsThatAreTooLong() {
        let long = { (count: Int) in String(repeating: "ü", count: count) }
        let fits = ImportResult(native("<article id='\(long(200))'><title>\(long(1000))</title></article>"))
        #expect(fits.articles.count == 1)
        let id = ImportResult(native("<article id='\(long(201))'><title>T</title></article>"))
        #expect(id.failures.map(\.error.code) == [.id])
        let title = ImportResult(native("<article id='x'><title>\(long(1001))</title></article>"))
        #expect(title.failures.map(\.error.code) == [.title])
    }

    @Test func continuesAfterABrokenRecordAndNamesIt() {
        let sound = { (id: String) in "<article id='\(id)'><title>T</title></article>\n" }
        let result = ImportResult(
            "<articles xmlns='urn:frontline:knowledge:1'>\n" + sound("a")
                + "<article id='b'><title>T</titel></article>\n"
                + sound("c") + "<article id='d'><title>never closed</title>\n" + sound("e")
                + "<articel id='f'><title>T</title></article>\n" + sound("g") + "<article id=h></article>" + sound("i")
                + "</articles>"
        )
        #expect(result.articles.map(\.id) == ["a", "c", "e", "g", "i"])
        #expect(result.lines == [2, 4, 6, 8, 9])
        #expect(result.failures.prefix(2).map(\.record) == ["b", "d"])
        #expect(result.failures.count == 4)
        #expect(result.failures.allSatisfy { $0.error.code == .xml && $0.line > 0 })
    }

    @Test func continuesInForeignDialectsToo() {
        let feed = ImportResult(
            """
            <rss version="2.0"><channel><title>C</title>
            <item><guid>1</guid><title>One</title><description>text</description></item>
            <item><guid>2</guid><title>Two & a half</title><description>text</description></item>
            <item><guid>3</guid><title>Three</title><description>text</description></item>
            </channel></rss>
            """
        )
        #expect(feed.articles.map(\.title) == ["One", "Three"])
        #expect(feed.failures.count == 1 && feed.failures[0].line == 3)
    }

    @Test func keepsRecordsBeforeAnErrorAndReportsItsPlace() {
        let result = ImportResult(
            "<articles xmlns='urn:frontline:knowledge:1'>\n<article id='a'><title>T</title></article>\n<article id='b'>"
        )
        #expect(result.articles.map(\.id) == ["a"])
        #expect(result.problems == ["3 [document] xml"])
    }

    @Test(arguments: [
        ("<articles><article id='a'><title>T</title></article></articles>", "lacks the namespace"),
        ("<recipes/>", "no mapping recognises the root element 'recipes'; known dialects are native, "),
        ("<html><body><form>Log in</form></body></html>", "HTML page"),
        ("<!DOCTYPE html><html><head><meta charset=utf-8><title>Login</title>", "HTML page"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "HTML page"),
        ("", "empty"), ("{\"articles\": []}", "not XML: it begins with '{"), ("\u{1F}\u{8B}", "binary"),
    ])
    func reportsNonXMLDocuments(xml: String, words: String) {
        let result = ImportResult(xml)
        #expect(result.articles.isEmpty)
        #expect(result.failures.count == 1)
        #expect(result.failures.first?.record == "document")
        #expect(result.failures.first?.error.message.contains(words) == true, "\(result.failures)")
    }

    @Test func canonicalXMLReadsBackEqual() throws {
        let source = native(
            """
            <article id="a&quot;&lt;&amp;" status="retired" restrict="b:2 a:1" valid-from="2026-03-04T05:06:07Z">
            <title>T &lt;1&gt; "q"</title><summary>S</summary><asked>who's &lt;there&gt;</asked><asked>me</asked><tags><tag>t&amp;u</tag></tags>
            <section kind="faq" title="x &quot;y&quot;"><pre>a
              b</pre><p>c <a href="/x?a=1&amp;b=2">d</a><br/>e</p><table><tr><td/><td colspan="2">f</td></tr></table></section>
            </article>
            """
        )
        let first = try #require(ImportResult(source).articles.first)
        let second = try #require(ImportResult(first.canonicalXML).articles.first)
        #expect(first.canonicalXML == second.canonicalXML)
        #expect(first.sections == second.sections)
        #expect(second.asked == ["who's <there>", "me"])
        #expect(second.id == "a\"<&")
    }

    @Test func readsASampleTruncatedAtEveryByteWithoutFalseRecords() {
        let whole = native("<article id='a'><title>T</title><section><p>é &amp; <b>x</b></p></section></article>\n")
        let bytes = Array(whole.utf8)
        for count in 0..<bytes.count {
            let result = ImportResult(bytes: Array(bytes[..<count]))
            #expect(result.failures.count == 1)
            #expect(result.articles.count <= 1)
        }
    }
}
