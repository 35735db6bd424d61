import Foundation
import Knowledge
import LibXML
import Redaction
import Sentiment
import TextSearch

/// Inputs from knowledge managers, from disk, and from customers.
extension FuzzTarget {
    private static let foreign: [String] = [
        """
        <feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>a</id><title type="html">A &amp;lt;b&gt;</title>\
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text <b>bold</b></p></div></content></entry></feed>
        """,
        "<rss version=\"2.0\"><channel><item><guid>1</guid><title>T</title><description>&lt;p&gt;x&lt;/p&gt;</description></item></channel></rss>",
        "<Document id=\"1\"><Focus>F</Focus><QAPairs><QAPair pid=\"1\"><Question>Q</Question><Answer>A</Answer></QAPair></QAPairs></Document>",
        "<topic id=\"t\"><title>T</title><body><p>a</p><ul><li>b</li></ul></body></topic>",
        """
        <mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en"><siteinfo><dbname>w</dbname></siteinfo>\
        <page><title>A</title><ns>0</ns><id>1</id><redirect title="B"/><revision><timestamp>2020</timestamp>\
        <text>#REDIRECT [[B]]</text></revision></page><page><title>B</title><ns>0</ns><id>2</id>\
        <revision><timestamp>2021</timestamp><text>== H ==&#10;* [[A|b]] {{t}}</text></revision></page></mediawiki>
        """,
        """
        <hibernate-generic><object class="Page"><id name="id">1</id><property name="title">A</property></object>\
        <object class="BodyContent"><id name="id">2</id><property name="body"><![CDATA[<p>a <ac:link><ri:page \
        ri:content-title="B"/></ac:link><ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[x]] ></ac:plain-text-body>\
        </ac:structured-macro></p>]]></property><property name="content"><id name="id">1</id></property></object></hibernate-generic>
        """,
        "<article xmlns=\"http://docbook.org/ns/docbook\" xml:id=\"d\"><title>T</title><para>p<emphasis>e</emphasis></para></article>",
    ]

    /// Articles in the native format and in the dialects of the mappings.
    static let articles = FuzzTarget(
        name: "articles",
        corpus: { files($0, "knowledge/articles", [".xml"]) + foreign.map { Array($0.utf8) } }
    ) { bytes in
        let reader = ArticleReader(.bytes(bytes, name: "fuzzed.xml"))
        var count = 0
        while reader.next() != nil { count += 1 }
        require(count <= bytes.count + 1, "there are more articles than bytes")
    }

    /// Texts of wiki pages, whose result must be markup within the subset.
    static let wikitext = FuzzTarget(
        name: "wikitext",
        corpus: { _ in
            [
                "== Head ==\n'''Bold''' [[Page|''words'']] [https://e.example x]\n* a\n** b\n; t : d\n\n pre\n----\n",
                "{| class=\"x\"\n|+ C\n! H !! I\n|-\n| a || colspan=\"2\" | b\n{|\n| in\n|}\n|}\n{{t|{{u}}|k={{{1|d}}}}}",
                "<nowiki>[[x]]</nowiki><ref name=\"r\">r</ref><pre>a &lt;</pre><ul><li>a<li>b</ul><!-- c --><math>x</math>",
                "[[File:a.png|thumb|of [https://e.example us]]] [[Category:C]] {{note|a [[b]]}} &nbsp;&#x41; __TOC__ '''''bi'''''",
            ].map { Array($0.utf8) }
        }
    ) { bytes in
        var rules = WikitextRules()
        rules.templates = ["note": 1]
        rules.files = ["file"]
        rules.categories = ["category"]
        let page = Wikitext(String(decoding: bytes, as: UTF8.self), rules: rules)
        _ = page.redirectTarget
        let html = page.reduced().html
        guard let document = try? XMLDocument(text: "<section>\(html)</section>") else {
            return require(html.utf8.count > 16 << 20, "the markup is not well formed")
        }
        var open = [document.root]
        while let element = open.popLast() {
            for child in element.elements {
                require(MarkupTag(rawValue: child.name) != nil, "the markup is not of the subset")
                open.append(child)
            }
        }
    }

    /// Export archives.
    static let archives = FuzzTarget(
        name: "archives",
        corpus: { _ in
            let packed = """
                UEsDBBQAAAAIAAAAIVw+ZqWfqwAAAG4BAAAMAAAAZW50aXRpZXMueG1sjZDBDoIwDIZfBXcnix5JWYL4AB68EQ5ja7CK2zJ2kLd3\
                ChozOXhqk/5/v7+FM3XojQyY92jQkxJguwuqkKlBjmPJjrJHJoB0ZuQNS0aaiS1w0gKctw59mJZJoDA8pZumPlSnqqnaVgB/i2I7\
                L04Be6un2pqAJqSc3Sqni4YvDDhxz0CqYiBzFeCpcDFyFquat+avYBHEeAzxEXInkoAJZ7GzPz6xdiX/fe0DUEsBAhQDFAAAAAgA\
                AAAhXD5mpZ+rAAAAbgEAAAwAAAAAAAAAAAAAAIABAAAAAGVudGl0aWVzLnhtbFBLBQYAAAAAAQABADoAAADVAAAAAAA=
                """
            return Data(base64Encoded: packed).map { [Array($0)] } ?? []
        }
    ) { bytes in
        let reader = ArticleReader(.bytes(bytes, name: "fuzzed.zip"))
        while reader.next() != nil {}
    }

    /// Mappings, read and used on documents.
    static let mappings = FuzzTarget(name: "mappings", corpus: { files($0, "knowledge/mappings", [".yaml"]) }) {
        bytes in
        guard let mapping = try? Mapping(yaml: String(decoding: bytes, as: UTF8.self), file: "fuzzed.yaml") else {
            return
        }
        var options = ArticleReader.Options()
        options.mapping = mapping
        for document in foreign {
            let reader = ArticleReader(.bytes(Array(document.utf8), name: "fuzzed.xml"), options: options)
            while reader.next() != nil {}
        }
    }

    /// The saved search index, which must either be refused or work.
    static let index = FuzzTarget(
        name: "index",
        corpus: { _ in
            let path = scratch("index").appendingPathComponent("valid.index").path
            return [1, 40].compactMap { count in
                let index = SearchIndex()
                let documents = (0..<count).map { number in
                    SearchChange.upsert(
                        SearchDocument(
                            key: "k\(number)",
                            locale: number % 2 == 0 ? "en" : "de",
                            title: "Where is my parcel \(number)",
                            body: "The parcel is late, said the carrier on day \(number % 7).",
                            labels: ["status:published"]
                        )
                    )
                }
                index.apply(documents, sequence: Int64(count))
                guard (try? index.save(to: path)) != nil else { return nil }
                return try? Array(Data(contentsOf: URL(fileURLWithPath: path)))
            }
        }
    ) { bytes in
        let path = scratch("index").appendingPathComponent("fuzzed.index").path
        guard (try? Data(bytes).write(to: URL(fileURLWithPath: path))) != nil,
            let index = try? SearchIndex.load(from: path)
        else { return }
        _ = index.search(SearchQuery("where is my late parcel", explain: true))
        _ = index.complete("par", limit: 5)
    }

    /// Utterances, which are redacted, scored and searched for.
    static let texts = FuzzTarget(
        name: "texts",
        corpus: { _ in
            [
                "My card is 4111 1111 1111 1111, mail joe@example.com or call +49 30 1234567!",
                "I am NOT happy \u{1F620}, it's the 3rd time\u{2026} DE89 3704 0044 0532 0130 00",
                "\"exact phrase\" parcel -late wo ist mein Paket? \u{0301}\u{202E}",
            ].map { Array($0.utf8) }
        }
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let redacted = Redactor().redact(text)
        _ = Redactor().redact(redacted.text)
        if let score = SentimentModel.scorer(for: "en")?.score(text) {
            require(score.score >= -1 && score.score <= 1, "a score is out of range")
        }
        _ = SearchIndex().search(SearchQuery(text, prefix: true))
    }
}
