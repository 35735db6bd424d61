import Foundation
import Knowledge
import PublicData
import Testing
import Vocabulary

@Suite struct DialectTests {
    @Test func readsMedQuAD() throws {
        let result = ImportResult(
            """
            <Document id="0000001" source="X"><Focus>Flu</Focus>
            <FocusAnnotations><SemanticGroup>Disorders</SemanticGroup><Synonyms><Synonym>Grippe</Synonym></Synonyms></FocusAnnotations>
            <QAPairs><QAPair pid="1"><Question qid="0000001-1" qtype="causes">What causes Flu ?</Question>
            <Answer>A virus.\n\nIt spreads.</Answer></QAPair>
            <QAPair pid="2"><Question qtype="treatment">Q2 ?</Question><Answer> </Answer></QAPair></QAPairs></Document>
            """
        )
        let article = try #require(result.articles.first)
        #expect(article.id == "0000001-1")
        #expect(article.title == "What causes Flu ?")
        #expect(article.keywords == ["Flu", "Grippe"])
        #expect(article.tags == ["causes", "Disorders"])
        #expect(article.sections.map(\.html) == ["<p>A virus.</p><p>It spreads.</p>"])
        #expect(result.skipped == ["0000001-2"])
    }

    @Test func readsMallard() throws {
        let result = ImportResult(
            """
            <page xmlns="http://projectmallard.org/1.0/" type="topic" id="keys" xml:lang="de">
            <info><desc>Short <em>text</em></desc><keywords>one, two</keywords><credit><name>N</name></credit></info>
            <title>Keys</title>
            <steps><title>Do it</title><item><p>Press <keyseq><key>Ctrl</key><key>F</key></keyseq></p></item></steps>
            <section id="s"><title>More</title><terms><item><title>A</title><p>B</p></item></terms>
            <note style="tip"><p>Tip</p></note><unknown>u</unknown></section>
            </page>
            """
        )
        let article = try #require(result.articles.first)
        #expect(article.id == "keys")
        #expect(article.locale == "de")
        #expect(article.summary == "Short text")
        #expect(article.keywords == ["one", "two"])
        #expect(
            result.html == [
                "<h4>Do it</h4><ol><li><p>Press <strong>Ctrl</strong> <strong>F</strong></p></li></ol><h2>More</h2>"
                    + "<dl><dt>A</dt><dd><p>B</p></dd></dl><blockquote><p>Tip</p></blockquote><p>u</p>"
            ]
        )
        #expect(result.reduced == ["unknown": 1])
    }

    @Test(arguments: [(5, " xmlns=\"http://docbook.org/ns/docbook\"", "xml:id", "info"), (4, "", "id", "articleinfo")])
    func readsDocBook(version: Int, namespace: String, id: String, info: String) throws {
        let result = ImportResult(
            """
            <!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "http://www.oasis-open.org/docbook/xml/4.5/docbookx.dtd">
            <article\(namespace) \(id)="a1" xml:lang="en_GB">
            <\(info)><title>Install</title><abstract><para>How to</para></abstract>
            <keywordset><keyword>setup</keyword></keywordset></\(info)>
            <para>Run <command>make</command>&mdash;then <filename>x</filename>:
              <itemizedlist><listitem><para>One</para></listitem></itemizedlist></para>
            <section><title>Table</title><informaltable><tgroup cols="2"><thead><row><entry>H</entry></row></thead>
            <tbody><row><entry>1</entry><entry>2</entry></row></tbody></tgroup></informaltable>
            <variablelist><varlistentry><term>T</term><listitem><para>D</para></listitem></varlistentry></variablelist>
            <programlisting><![CDATA[if (a < b)
              c();]]></programlisting><qandaset><qandaentry><question><para>Q?</para></question>
            <answer><para>A.</para></answer></qandaentry></qandaset></section></article>
            """
        )
        #expect(result.failures.isEmpty, "\(result.failures)")
        #expect(result.dialect == "docbook\(version)")
        let article = try #require(result.articles.first)
        #expect(article.id == "a1")
        #expect(article.locale == "en-GB")
        #expect(article.title == "Install")
        #expect(article.summary == "How to")
        #expect(article.keywords == ["setup"])
        #expect(
            article.sections.map(\.html) == [
                "<p>Run <code>make</code>—then <code>x</code>:</p><ul><li><p>One</p></li></ul><h2>Table</h2>"
                    + "<table><thead><tr><th>H</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
                    + "<dl><dt>T</dt><dd><p>D</p></dd></dl><pre>if (a &lt; b)\n  c();</pre><h4>Q?</h4><p>A.</p>"
            ]
        )
        #expect(result.reduced.isEmpty, "\(result.reduced)")
    }

    @Test func readsEachChapterOfABook() {
        let result = ImportResult(
            """
            <book xmlns="http://docbook.org/ns/docbook"><title>B</title><info><author>A</author></info>
            <chapter xml:id="c1"><title>One</title><para>x</para><section xml:id="s"><title>S</title></section></chapter>
            <part><title>P</title><chapter xml:id="c2"><title>Two</title><para>y</para></chapter></part></book>
            """
        )
        #expect(result.articles.map(\.id) == ["c1", "c2"])
    }

    @Test func readsDITATroubleshooting() throws {
        let result = ImportResult(
            """
            <!DOCTYPE troubleshooting PUBLIC "-//OASIS//DTD DITA Troubleshooting//EN" "troubleshooting.dtd">
            <troubleshooting id="no-sound" xml:lang="en-us"><title>No sound</title><shortdesc>Silence.</shortdesc>
            <prolog><metadata><keywords><keyword>audio</keyword><indexterm>mute</indexterm></keywords></metadata></prolog>
            <troublebody><condition><title>Condition</title><p>It is quiet.</p></condition>
            <troubleSolution><cause><p>Muted.</p></cause><remedy><steps><step><cmd>Press <uicontrol>Mute</uicontrol>.</cmd>
            <info>Once.</info></step></steps></remedy></troubleSolution></troublebody></troubleshooting>
            """
        )
        let article = try #require(result.articles.first, "\(result.failures)")
        #expect(article.sections.map(\.kind) == [.issue, .cause, .resolution])
        #expect(article.keywords == ["audio", "mute"])
        #expect(article.sections.map(\.text) == ["Condition\nIt is quiet.", "Muted.", "Press Mute.\nOnce."])
        #expect(result.reduced.isEmpty, "\(result.reduced)")
    }

    @Test func readsSpecialisedDITAByItsClasses() throws {
        let result = ImportResult(
            """
            <recipe class="- topic/topic concept/concept food/recipe " id="r1"><title class="- topic/title ">Bread</title>
            <recipeBody class="- topic/body concept/conbody food/recipeBody "><para class="- topic/p food/para ">Knead
            <tool class="+ topic/ph food/tool ">it</tool>.</para><list class="- topic/ol "><entry class="- topic/li ">a</entry></list>
            </recipeBody></recipe>
            """
        )
        #expect(result.dialect == "dita")
        #expect(result.articles.map(\.id) == ["r1"], "\(result.failures)")
        #expect(result.html == ["<p>Knead it.</p><ol><li>a</li></ol>"])
    }

    @Test(arguments: [
        "<unload unload_date='2026-01-01 10:00:00'>%</unload>", "<record_update table='kb_knowledge'>%</record_update>",
        "<xml>%</xml>",
    ])
    func readsServiceNow(root: String) throws {
        let records = """
            <sys_user action="INSERT_OR_UPDATE"><name>N</name></sys_user>
            <kb_knowledge action="INSERT_OR_UPDATE"><active>true</active><number>KB0010001</number>
            <kb_category display_value="VPN">0123</kb_category><short_description>Reset &amp; retry</short_description>
            <text>&lt;h1&gt;Do&lt;/h1&gt;&lt;p onclick="x()"&gt;Press&amp;nbsp;&lt;b&gt;OK&lt;/b&gt;&lt;br&gt;now&lt;script&gt;x&lt;/script&gt;</text>
            <valid_to>2030-01-01</valid_to><workflow_state>published</workflow_state><latest>true</latest></kb_knowledge>
            <kb_knowledge action="DELETE"><number>KB2</number><short_description>Gone</short_description>
            <workflow_state>published</workflow_state></kb_knowledge>
            <kb_knowledge><number>KB3</number><short_description>Old</short_description><latest>false</latest></kb_knowledge>
            <u_kb_template_custom action="INSERT_OR_UPDATE"><number>KB4</number><short_description>C</short_description>
            <workflow_state>review</workflow_state><kb_cause>&lt;p&gt;Why</kb_cause></u_kb_template_custom>
            """
        let result = ImportResult(root.replacing("%", with: records))
        #expect(result.failures.isEmpty, "\(result.failures)")
        #expect(result.articles.map(\.id) == ["KB0010001", "KB2", "KB4"])
        #expect(result.articles.map(\.status) == [.published, .retired, .draft])
        let article = try #require(result.articles.first)
        #expect(article.tags == ["VPN"])
        #expect(article.validUntil.map(ArticleTime.text) == "2030-01-01")
        #expect(article.sections.map(\.html) == ["<h2>Do</h2><p>Press\u{A0}<strong>OK</strong><br/>now</p>"])
        #expect(result.articles.last?.sections.map(\.kind) == [.cause])
        #expect(result.skipped == ["KB3"])
    }

    @Test func readsAtom() {
        let result = ImportResult(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><id>f</id><title>Feed</title>
            <entry><id>urn:1</id><title type="html">A &lt;i&gt;b&lt;/i&gt;</title><category term="t"/>
            <content type="html">&lt;p&gt;x &lt;b&gt;y&lt;/b&gt;</content></entry>
            <entry><id>urn:2</id><title>B</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>z</p></div></content></entry>
            <entry><id>urn:3</id><title>C</title><content>1 &lt; 2</content></entry>
            <entry><id>urn:4</id><title>D</title><summary>s</summary></entry></feed>
            """
        )
        #expect(result.failures.isEmpty, "\(result.failures)")
        #expect(result.articles.map(\.title) == ["A b", "B", "C", "D"])
        #expect(result.articles.map(\.locale) == ["de", "de", "de", "de"])
        #expect(result.html == ["<p>x <strong>y</strong></p>", "<p>z</p>", "<p>1 &lt; 2</p>", "<p>s</p>"])
    }

    @Test func readsRSS() {
        let result = ImportResult(
            """
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>C</title>
            <language>en-us</language><item><title>One</title><guid isPermaLink="false">g1</guid><category>k</category>
            <description>short</description><content:encoded><![CDATA[<ul><li>a<li>b</ul>]]></content:encoded></item>
            <item><title>Two</title><link>https://e.example/2</link><description><![CDATA[<p>d]]></description></item>
            <item><title>No id</title></item></channel></rss>
            """
        )
        #expect(result.articles.map(\.id) == ["g1", "https://e.example/2"])
        #expect(result.articles.map(\.locale) == ["en-us", "en-us"])
        #expect(result.articles.map(\.summary) == ["short", nil])
        #expect(result.html == ["<ul><li>a</li><li>b</li></ul>", "<p>d</p>"])
        #expect(result.problems == ["5 [#3] id"])
    }

    @Test(
        .enabled(if: PublicData.isExpected, "\(PublicData.absence)"),
        arguments: [("medquad", 3172, 0, 0), ("gnome-help", 318, 1, 0), ("php-docbook", 37, 319, 0)]
    )
    func readsRealCollections(folder: String, articles: Int, failures: Int, skipped: Int) throws {
        let (items, missing) = ImportSource.documents(of: [try PublicData.url("xml/\(folder)").path])
        let mappings = CompiledMappings()
        var counts = [0, 0, 0]
        for item in items {
            let result = ImportResult(ArticleReader(.file(path: item.name), mappings: mappings))
            counts[0] += result.articles.count
            counts[1] += result.failures.count
            counts[2] += result.skipped.count
            for failure in result.failures where failure.error.code == .xml { #expect(failure.line > 0) }
        }
        #expect(missing.isEmpty)
        #expect(counts == [articles, failures, skipped])
    }
}
