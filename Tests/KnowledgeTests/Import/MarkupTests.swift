import Foundation
import Knowledge
import LibXML
import Testing

@Suite struct MarkupTests {
    private func section(_ content: String) throws -> (html: String, text: String, reduced: [String: Int]) {
        let result = ImportResult(native("<article id='a'><title>T</title><section>\(content)</section></article>"))
        let section = try #require(result.articles.first?.sections.first, "\(result.failures)")
        return (section.html, section.text, result.reduced)
    }

    @Test(arguments: [
        ("<p> a\n  b </p>", "<p>a b</p>", "a b"),
        ("a<p>b</p>c", "<p>a</p><p>b</p><p>c</p>", "a\nb\nc"),
        ("one\n\ntwo", "<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>a <strong>b</strong> <em>c</em>.</p>", "<p>a <strong>b</strong> <em>c</em>.</p>", "a b c."),
        ("<p>a<ul><li>b</li></ul>c</p>", "<p>a</p><ul><li>b</li></ul><p>c</p>", "a\nb\nc"),
        ("<ul>x<li>a</li>\n<li>b</li></ul>", "<ul><li>x</li><li>a</li><li>b</li></ul>", "x\na\nb"),
        ("<li>a</li>", "<p>a</p>", "a"),
        ("<td>a</td>", "<p>a</p>", "a"),
        ("<table><td>a</td><td>b</td></table>", "<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
        ("<dl><dt>a</dt><dd><p>b</p></dd></dl>", "<dl><dt>a</dt><dd><p>b</p></dd></dl>", "a\nb"),
        ("<pre>\n a\n  b &lt;</pre>", "<pre> a\n  b &lt;</pre>", "a\n  b <"),
        ("<p>a<br/>b</p>", "<p>a<br/>b</p>", "a\nb"),
        ("<h2>a <p>b</p></h2>", "<h2>a b</h2>", "a\nb"),
        ("<p></p><ul><li/></ul>x", "<p>x</p>", "x"),
        ("<blockquote>a</blockquote>", "<blockquote><p>a</p></blockquote>", "a"),
        ("<p>&lt;script&gt; &amp; \"q\"</p>", "<p>&lt;script&gt; &amp; \"q\"</p>", "<script> & \"q\""),
        ("<p class='c' onclick='x()' style='y'>a</p>", "<p>a</p>", "a"),
    ])
    func writesTheSubset(content: String, html: String, text: String) throws {
        let result = try section(content)
        #expect(result.html == html)
        #expect(result.text.trimmingCharacters(in: .whitespaces) == text)
        #expect(result.reduced.isEmpty)
    }

    @Test(arguments: [
        ("<p>a<b>b</b>c</p>", "<p>abc</p>", ["b": 1]),
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>", ["div": 2]),
        ("<p>a</p><script>alert(1)</script><style>p{}</style>", "<p>a</p>", ["script": 1, "style": 1]),
        ("<ul><li><div>a</div><div>b</div></li></ul>", "<ul><li>a b</li></ul>", ["div": 2]),
        ("<video><p>a</p></video>", "<p>a</p>", ["video": 1]),
        ("<iframe src='http://x'>no</iframe>x", "<p>x</p>", ["iframe": 1]),
        ("<x:y xmlns:x='urn:x'>z</x:y>", "<p>z</p>", ["y": 1]),
    ])
    func reducesAndCountsTheRest(content: String, html: String, reduced: [String: Int]) throws {
        let result = try section(content)
        #expect(result.html == html)
        #expect(result.reduced == reduced)
    }

    @Test(arguments: [
        ("https://a.example/x?y=1&amp;z=2#f", "<a href=\"https://a.example/x?y=1&amp;z=2#f\">"),
        ("/x", "<a href=\"/x\">"), ("x:y", "<a>"), ("#a:b", "<a href=\"#a:b\">"), ("x/y:z", "<a href=\"x/y:z\">"),
        ("mailto:a@b", "<a href=\"mailto:a@b\">"), ("TEL:+1", "<a href=\"TEL:+1\">"), ("a b", "<a href=\"a%20b\">"),
        ("javascript:alert(1)", "<a>"), (" JaVaScRiPt:x", "<a>"), ("java&#9;script:x", "<a>"),
        ("java&#10;script:x", "<a>"),
        ("data:text/html,x", "<a>"), ("vbscript:x", "<a>"), ("", "<a>"),
        ("file:///etc/passwd", "<a>"), ("javascript&#58;x", "<a>"),
        ("x&quot; onclick=&quot;y", "<a href=\"x&quot;%20onclick=&quot;y\">"),
    ])
    func keepsOnlySafeAddresses(address: String, start: String) throws {
        #expect(try section("<p><a href=\"\(address)\">t</a></p>").html == "<p>\(start)t</a></p>")
    }

    @Test func keepsImagesWithSafeSourcesAndTheTextOfOthers() throws {
        let result = try section(
            "<p><img src='a.png' alt='A  b'/> <img src='data:x' alt='words'/><img src='b.png'/></p>"
        )
        #expect(result.html == "<p><img src=\"a.png\" alt=\"A b\"/> words<img src=\"b.png\"/></p>")
        #expect(result.text == "A b words")
    }

    @Test func isWellFormedAndStableForAnyNesting() throws {
        let names = [
            "p", "h2", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tr", "td", "th", "strong", "a", "pre",
            "blockquote", "code", "div", "span", "section",
        ]
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<1500 {
            var content = ""
            var open: [String] = []
            for _ in 0..<Int.random(in: 1...25, using: &generator) {
                switch Int.random(in: 0..<5, using: &generator) {
                case 0, 1:
                    open.append(names.randomElement(using: &generator) ?? "p")
                    content += "<\(open.last ?? "")>"
                case 2: content += open.popLast().map { "</\($0)>" } ?? ""
                case 3: content += ["w", " ", "a b", "\n\n", "<br/>", "&lt;"].randomElement(using: &generator) ?? ""
                default: content += "word "
                }
            }
            content += open.reversed().map { "</\($0)>" }.joined()
            let once = try section(content + "end")
            let document = try XMLDocument(text: "<s>\(once.html)</s>")
            let again = try section(once.html)
            try #require(again.html == once.html, "\(content)")
            #expect(again.reduced.isEmpty)
            let words = { (text: String) in text.filter { !$0.isWhitespace } }
            #expect(words(document.root.text) == words(once.text))
            try #require(
                words(try XMLDocument(text: "<s>\(content)end</s>").root.text) == words(once.text),
                "\(content)"
            )
        }
    }
}
