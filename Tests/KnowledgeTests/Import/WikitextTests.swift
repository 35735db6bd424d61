import Knowledge
import LibXML
import Testing

@Suite struct WikitextTests {
    private static let rules = {
        var rules = WikitextRules()
        rules.templates = ["nowrap": 1, "lang": 2, "key press": 1]
        rules.files = ["file", "datei"]
        rules.categories = ["category"]
        rules.redirects = ["redirect", "weiterleitung"]
        return rules
    }()

    private func reduced(_ text: String) -> Wikitext.Reduction { Wikitext(text, rules: Self.rules).reduced() }

    @Test(arguments: [
        ("One\ntwo\n\nthree", "<p>One two</p><p>three</p>"),
        ("= A =\n== B ==\n=== C ===\n===== D =====\nx", "<h2>A</h2><h2>B</h2><h3>C</h3><h4>D</h4><p>x</p>"),
        ("== B == <!-- why -->\nx", "<h2>B</h2><p>x</p>"),
        ("=x\n==\na = b", "<p>=x == a = b</p>"),
        ("''i'' '''b''' '''''bi'''''", "<p><em>i</em> <strong>b</strong> <strong><em>bi</em></strong></p>"),
        ("'''''a''' b''", "<p><strong><em>a</em></strong><em> b</em></p>"),
        ("'''open\nnext", "<p><strong>open</strong> next</p>"),
        ("it's ''x", "<p>it's <em>x</em></p>"),
        ("[[Power cut]]s, [[Power cut#After|after it]], [[:Category:X]]", "<p>Power cuts, after it, Category:X</p>"),
        ("a [[File:p.png|thumb|of [https://e.example us]]] b [[Datei:x.png]]", "<p>a b</p>"),
        ("[[de:Strom]] x [[wikt:power]]", "<p>x wikt:power</p>"),
        (
            "[https://e.example/a the ''site''] [https://e.example/b]",
            "<p><a href=\"https://e.example/a\">the <em>site</em></a> "
                + "<a href=\"https://e.example/b\">https://e.example/b</a></p>"
        ),
        ("[javascript:alert(1) x] [x] [[", "<p>[javascript:alert(1) x] [x] [[</p>"),
        ("a<!-- b\n\n c -->d", "<p>ad</p>"),
        ("a<ref>r</ref> b<ref name=\"x\" /> c", "<p>a b c</p>"),
        ("<nowiki>'''[[x]]</nowiki> &amp; &nbsp;&#x41;&#1;", "<p>'''[[x]] &amp; \u{A0}A&amp;#1;</p>"),
        ("1 < 2 <name> <b>x</b><br/>y", "<p>1 &lt; 2 &lt;name&gt; <strong>x</strong><br/>y</p>"),
        ("<script>alert(1)</script>x", "<p>x</p>"),
        (" a\n  b\nc", "<pre>a\n b</pre><p>c</p>"),
        ("<pre>\n'' &lt; ''\n</pre>", "<pre>'' &lt; ''\n</pre>"),
        ("<syntaxhighlight lang=\"c\">a {{b}}</syntaxhighlight>", "<pre>a {{b}}</pre>"),
        ("a\n----\nb __NOTOC__", "<p>a</p><p>b</p>"),
    ])
    func reduces(text: String, html: String) { #expect(reduced(text).html == html) }

    @Test(arguments: [
        ("* a\n** b\n* c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("# a\n#* b\n# c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("; t : d\n: e\nx", "<dl><dt>t</dt><dd>d</dd><dd>e</dd></dl><p>x</p>"),
        ("; [https://e.example t] : d", "<dl><dt><a href=\"https://e.example\">t</a></dt><dd>d</dd></dl>"),
        ("*** deep", "<ul><li><ul><li><ul><li>deep</li></ul></li></ul></li></ul>"),
        ("<ul><li>a<li>b</ul>c", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
    ])
    func nestsLists(text: String, html: String) { #expect(reduced(text).html == html) }

    @Test(arguments: [
        (
            "{| class=\"x\"\n|+ Lights\n! Light !! Means\n|-\n| green || online\n|-\n| colspan=\"2\" | red\n* call\n|}\nend",
            "<p>Lights</p><table><tr><th>Light</th><th>Means</th></tr><tr><td>green</td><td>online</td></tr>"
                + "<tr><td colspan=\"2\">red<ul><li>call</li></ul></td></tr></table><p>end</p>"
        ),
        (
            "{|\n| a\n{|\n| in\n|}\n| b\n|}",
            "<table><tr><td>a<table><tr><td>in</td></tr></table></td><td>b</td></tr></table>"
        ),
        (":{|\n| a\n|}", "<table><tr><td>a</td></tr></table>"),
        ("{|\n| [[A|b]] || {{x|y}}c", "<table><tr><td>b</td><td>c</td></tr></table>"),
    ])
    func writesTables(text: String, html: String) { #expect(reduced(text).html == html) }

    @Test func keepsTheTextOfKnownTemplatesAndCountsOthers() {
        let result = reduced(
            "{{Infobox\n| a = {{b|[[c]]}}\n}}A {{nowrap|'''10''' V}} {{Lang|fr|mot}} {{key_press|2=b|1=a}} {{{p|q}}}."
        )
        #expect(result.html == "<p>A <strong>10</strong> V mot a .</p>")
        #expect(result.dropped == ["template": 2])
    }

    @Test func collectsCategories() {
        let result = reduced("x [[Category:Modems|m]] [[category: Power_cuts ]] [[Category:Modems]]")
        #expect(result.categories == ["Modems", "Power cuts"])
        #expect(result.html == "<p>x</p>")
    }

    @Test(arguments: [
        ("#REDIRECT [[Power cut]]", "Power cut"), ("\n#redirect: [[power_cut#x|y]] more", "power cut"),
        ("#WEITERLEITUNG [[Strom]]", "Strom"), ("#REDIRECT [[:File:A]]", "File:A"), ("# redirect [[A]]", "A"),
    ])
    func findsTheTargetOfARedirect(text: String, target: String) {
        #expect(Wikitext(text, rules: Self.rules).redirectTarget == target)
    }

    @Test(arguments: ["# one [[A]]", "#REDIRECT", "#REDIRECT [[", "#REDIRECT [[]]", "x #REDIRECT [[A]]", ""])
    func doesNotReadOtherPagesAsRedirects(text: String) {
        #expect(Wikitext(text, rules: Self.rules).redirectTarget == nil)
    }

    @Test func replacesCharactersInvalidInXML() throws {
        let result = reduced("a\u{1}b\u{FFFE}c\u{FFFF}d <pre>\u{2}\u{FFFF}</pre><nowiki>\u{3}&#xFFFE;</nowiki>")
        try expectSubset(result.html)
    }

    // MARK: Hostile text

    /// With more than linear time these would take minutes.
    @Test(arguments: [
        "{{", "{{a|", "[[", "[[a|", "[[File:a|[http://x ", "''", "'''x", "<b>", "<b", "<li>", "<nowiki>", "<ref>",
        "<math",
        "[http://a ", "{|\n|a\n", "\n****************x", "&amp", "<!--", "|", "\n==x==", "__A", "\n;a:b", "]]",
        "{{{x}}}", "[[x]]",
        "<table><tr><td>", " x\n", "{{nowrap|x}}", "{{nowrap|", "\n!a!!b||", "\n|-\n|+", "-{",
    ])
    func takesLinearTime(unit: String) throws {
        let text = String(repeating: unit, count: 100_000 / unit.utf8.count)
        let closed = text + String(repeating: "}}]]'''</b>|}", count: 5_000)
        for text in [text, closed] { try expectSubset(reduced(text).html) }
    }

    @Test func readsAHundredThousandNestedBracesAsOneTemplate() {
        let text = String(repeating: "{{", count: 100_000) + "x" + String(repeating: "}}", count: 100_000)
        let result = reduced("a " + text + " b")
        #expect(result.html == "<p>a b</p>")
        #expect(result.dropped == ["template": 1])
    }

    // MARK: Properties

    @Test(arguments: 0..<200)
    func writesTheSubsetForAnyInput(seed: UInt64) throws {
        let pieces = [
            "{{", "}}", "[[", "]]", "|", "||", "!!", "'''", "''", "\n", "\n\n", "* ", "# ", ": ", "; ", "==", "{|",
            "\n|}", "\n|-\n",
            "\n| ", "\n! ", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<table>", "</table>", "<td>", "<pre>", "</pre>",
            "<ref>",
            "</ref>", "<nowiki>", "</nowiki>", "<!--", "-->", "&amp;", "&#0;", "[http://a ", "]", " ", "word",
            "Category:", "File:",
            "nowrap", "\u{FFFF}", "\u{0}", "ä", "<br/>", "<a href=\"x\">", "<h2>", "<blockquote>", "</blockquote>",
            "__TOC__",
        ]
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        var text = ""
        for _ in 0..<120 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            text += pieces[Int(state % UInt64(pieces.count))]
        }
        let result = reduced(text)
        try expectSubset(result.html)
        let article = Article(
            id: "a",
            title: "t",
            sections: [Article.Section(kind: .body, html: result.html, text: result.text)]
        )
        let again = ImportResult(article.canonicalXML)
        #expect(again.articles.first?.sections.first?.html == article.sections.first?.html, "\(text)")
        #expect(again.reduced.isEmpty)
    }
}

/// Expects well-formed markup within the subset, with the parts of lists and tables inside lists and tables.
func expectSubset(_ html: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    var open = [try XMLDocument(text: "<section>\(html)</section>").root]
    var wrong: [String] = []
    while let element = open.popLast() {
        let container = MarkupTag(rawValue: element.name)
        for child in element.elements {
            let parts = MarkupTag(rawValue: child.name)?.containers
            let isInPlace = parts.map { $0.isEmpty || container.map($0.contains) == true } ?? false
            if !isInPlace { wrong.append("\(child.name) in \(element.name)") }
            open.append(child)
        }
    }
    #expect(wrong.isEmpty, sourceLocation: sourceLocation)
}
