import Knowledge
import LibXML
import Testing
import Vocabulary

@Suite struct ConfluenceTests {
    private func export(_ objects: String) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<hibernate-generic datetime=\"2026-05-01 10:00:00\">\n"
            + "<object class=\"Space\" package=\"p\"><id name=\"id\">1</id><property name=\"key\"><![CDATA[OPS]]></property>"
            + "<property name=\"name\"><![CDATA[Operations & more]]></property></object>\n" + objects
            + "</hibernate-generic>"
    }

    private func page(
        _ id: Int,
        _ title: String,
        _ more: String = "",
        status: String = "current",
        kind: String = "Page"
    ) -> String {
        "<object class=\"\(kind)\" package=\"p\"><id name=\"id\">\(id)</id><property name=\"title\"><![CDATA[\(title)]]></property>"
            + "<property name=\"contentStatus\"><![CDATA[\(status)]]></property>"
            + "<property name=\"space\" class=\"Space\" package=\"p\"><id name=\"id\">1</id></property>\(more)</object>\n"
    }

    private func body(_ page: Int, _ text: String, type: Int = 2) -> String {
        "<object class=\"BodyContent\" package=\"p\"><id name=\"id\">\(page + 50_000)</id>"
            + "<property name=\"body\"><![CDATA[\(text)]]></property>"
            + "<property name=\"content\" class=\"Page\" package=\"p\"><id name=\"id\">\(page)</id></property>"
            + "<property name=\"bodyType\">\(type)</property></object>\n"
    }

    private func reference(_ name: String, _ kind: String, _ id: Int) -> String {
        "<property name=\"\(name)\" class=\"\(kind)\" package=\"p\"><id name=\"id\">\(id)</id></property>"
    }

    private func reduced(_ storage: String) -> [String] { ImportResult(export(page(1, "T") + body(1, storage))).html }

    // MARK: Objects

    @Test(arguments: [true, false])
    func joinsPagesWithTheirBodiesAndLabelsInAnyOrder(isBodyFirst: Bool) throws {
        let labels = """
            <object class="Label" package="p"><id name="id">90</id><property name="name"><![CDATA[gateway]]></property><property name="namespace"><![CDATA[global]]></property></object>
            <object class="Label" package="p"><id name="id">91</id><property name="name"><![CDATA[favourite]]></property><property name="namespace"><![CDATA[my]]></property></object>
            <object class="Labelling" package="p"><id name="id">95</id>\(reference("label", "Label", 90))\(reference("content", "Page", 1001))</object>
            <object class="Labelling" package="p"><id name="id">96</id>\(reference("label", "Label", 91))\(reference("content", "Page", 1001))</object>
            """
        let pages = page(1001, "Restart <the> gateway", reference("parent", "Page", 1000)) + page(1000, "Runbooks")
        let bodies = body(1001, "<p>Press&nbsp;it for f&uuml;nf seconds.</p>") + body(1000, "<p>All of them.</p>")
        let result = ImportResult(export(isBodyFirst ? bodies + labels + pages : pages + labels + bodies))
        #expect(result.failures.isEmpty, "\(result.failures)")
        #expect(result.dialect == "confluence")
        #expect(result.articles.map(\.id) == ["confluence-1001", "confluence-1000"])
        let article = try #require(result.articles.first)
        #expect(article.title == "Restart <the> gateway")
        #expect(article.tags == ["gateway", "Operations & more"])
        #expect(article.audience == .agent)
        #expect(result.html == ["<p>Press\u{A0}it for fünf seconds.</p>", "<p>All of them.</p>"])
    }

    @Test func readsOnlyCurrentPages() {
        let pages =
            page(1, "Now") + page(2, "Draft", status: "draft") + page(3, "Gone", status: "deleted")
            + page(4, "Then", reference("originalVersion", "Page", 1))
            + page(5, "Then", "<property name=\"originalVersionId\">1</property>")
            + page(6, "Blog", "<property name=\"originalVersionId\"/>", kind: "BlogPost") + page(7, "No body")
            + page(8, "Nothing")
        let bodies =
            (1...6).map { body($0, "<p>text \($0)</p>") }.joined() + body(8, "<p><br/></p>")
            + body(99, "<p>a comment</p>")
        let result = ImportResult(export(pages + bodies))
        #expect(result.articles.map(\.title) == ["Now", "Blog"])
        #expect(result.skipped == ["confluence-8", "7"])
        #expect(result.failures.isEmpty)
    }

    @Test func showsRestrictedPagesAndThoseBelowThemToKnowledgeManagersOnly() {
        let objects =
            page(1, "Open") + page(2, "Closed") + page(3, "Below", reference("parent", "Page", 2)) + page(4, "Edit")
            + "<object class=\"ContentPermissionSet\" package=\"p\"><id name=\"id\">7</id><property name=\"type\"><![CDATA[View]]></property>\(reference("owningContent", "Page", 2))</object>"
            + "<object class=\"ContentPermissionSet\" package=\"p\"><id name=\"id\">8</id><property name=\"type\"><![CDATA[Edit]]></property>\(reference("owningContent", "Page", 4))</object>"
            + (1...4).map { body($0, "<p>x</p>") }.joined()
        let result = ImportResult(export(objects))
        #expect(result.articles.map(\.audience) == [.agent, .knowledgeManager, .knowledgeManager, .agent])
    }

    @Test func reportsABodyThatIsNotWellFormedWithItsLineAndContinues() {
        let objects = page(1, "A") + page(2, "B") + body(1, "<p>one</p>\n<p>two</div>\n") + body(2, "<p>x</p>")
        let result = ImportResult(export(objects))
        #expect(result.articles.map(\.title) == ["B"])
        #expect(result.problems == ["7 [confluence-1] xml"])
    }

    @Test func aBodyCannotAddElementsBesideItself() {
        let objects =
            page(1, "A") + body(1, "</body><label>x</label><title>B</title><body>") + page(2, "B")
            + body(2, "</body></page>")
        let result = ImportResult(export(objects))
        #expect(result.articles.isEmpty)
        #expect(result.failures.map(\.record) == ["confluence-1", "confluence-2"])
    }

    @Test func reportsABodyThatIsTooLarge() {
        var options = ArticleReader.Options()
        options.limits.recordBytes = 4000
        let large = body(1, String(repeating: "<p>x</p>", count: 1000))
        let xml = export(page(1, "A") + page(2, "B") + large + body(2, "<p>x</p>"))
        let result = ImportResult(ArticleReader(.bytes(Array(xml.utf8), name: "a.xml"), options: options))
        #expect(result.articles.map(\.title) == ["B"])
        #expect(result.problems == ["6 [50001] xml"])
        #expect(result.failures.first?.hidesOthers == true)
    }

    @Test func stopsAtACycleOfParents() {
        let objects =
            page(1, "A", reference("parent", "Page", 2)) + page(2, "B", reference("parent", "Page", 1))
            + body(1, "<p>x</p>")
        #expect(ImportResult(export(objects)).articles.map(\.title) == ["A"])
    }

    @Test func readsOldMarkupAsText() {
        let result = ImportResult(export(page(1, "A") + body(1, "h1. Head &amp; <b>\n\nText", type: 0)))
        #expect(result.html == ["<p>h1. Head &amp;amp; &lt;b&gt;</p><p>Text</p>"])
    }

    // MARK: Storage format

    @Test(arguments: [
        (
            "<h1>A</h1><h5>B</h5><p><b>c</b> <i>d</i> <span style=\"x\">e</span></p>",
            "<h2>A</h2><h4>B</h4><p><strong>c</strong> <em>d</em> e</p>"
        ),
        (
            "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">c</ac:parameter>"
                + "<ac:plain-text-body><![CDATA[if (a < b[c[0]] > 1)\n  d();]] ></ac:plain-text-body></ac:structured-macro>",
            "<pre>if (a &lt; b[c[0]] &gt; 1)\n  d();</pre>"
        ),
        (
            "<ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[a]]]] ><![CDATA[>b]] ></ac:plain-text-body></ac:structured-macro>",
            "<pre>a]]&gt;b</pre>"
        ),
        (
            "<ac:structured-macro ac:name=\"info\"><ac:parameter ac:name=\"icon\">false</ac:parameter><ac:parameter ac:name=\"title\">Mind</ac:parameter>"
                + "<ac:rich-text-body><p>this</p></ac:rich-text-body></ac:structured-macro>",
            "<blockquote><p><strong>Mind</strong></p><p>this</p></blockquote>"
        ),
        (
            "<ac:structured-macro ac:name=\"expand\"><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>"
                + "<ac:structured-macro ac:name=\"toc\"><ac:parameter ac:name=\"title\">y</ac:parameter></ac:structured-macro>"
                + "<ac:structured-macro ac:name=\"jira\"><ac:parameter ac:name=\"key\">K-1</ac:parameter></ac:structured-macro>",
            "<p>x</p>"
        ),
        (
            "<p><ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"colour\">Red</ac:parameter><ac:parameter ac:name=\"title\">down</ac:parameter></ac:structured-macro> now</p>",
            "<p><strong>down</strong> now</p>"
        ),
        (
            "<p>See <ac:link><ri:page ri:content-title=\"Power cut\" /></ac:link>, <ac:link ac:anchor=\"a\"><ri:page ri:content-title=\"P\" />"
                + "<ac:plain-text-link-body><![CDATA[the other]] ></ac:plain-text-link-body></ac:link>, <ac:link><ri:user ri:userkey=\"u\"/></ac:link>"
                + "<ac:link><ri:attachment ri:filename=\"form.pdf\"/><ac:link-body>the <b>form</b></ac:link-body></ac:link>.</p>",
            "<p>See Power cut, the other, the <strong>form</strong>.</p>"
        ),
        (
            "<p>a <ac:image ac:alt=\"green light\"><ri:attachment ri:filename=\"x.png\"/></ac:image> <ac:image><ri:url ri:value=\"https://e.example/i.png\"/></ac:image>b</p>",
            "<p>a green light b</p>"
        ),
        (
            "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>Call</ac:task-body></ac:task></ac:task-list>",
            "<ul><li>Call</li></ul>"
        ),
        (
            "<table><colgroup><col/></colgroup><tbody><tr><th>H</th><td colspan=\"2\"><p>x</p></td></tr></tbody></table><p>on <time datetime=\"2026-01-31\"/></p>",
            "<table><tbody><tr><th>H</th><td colspan=\"2\"><p>x</p></td></tr></tbody></table><p>on 2026-01-31</p>"
        ),
        (
            "<ac:layout><ac:layout-section ac:type=\"two_equal\"><ac:layout-cell><p>a</p></ac:layout-cell><ac:layout-cell><p>b</p></ac:layout-cell></ac:layout-section></ac:layout>",
            "<p>a</p><p>b</p>"
        ),
        ("<p>a<ac:emoticon ac:name=\"smile\"/> <x:y>b</x:y></p><script>alert(1)</script>", "<p>a b</p>"),
    ])
    func reducesTheStorageFormat(storage: String, html: String) { #expect(reduced(storage) == [html]) }

    // MARK: Archives

    @Test func readsTheArchiveOfAnExport() {
        let xml = export(page(1, "A\u{1}B") + body(1, "<p>x\u{8}y</p>"))
        let archive = StoredArchive.bytes([
            ("attachments/1/1", "x"), ("entities.xml", xml), ("exportDescriptor.properties", "spaceKey=OPS"),
        ])
        let result = ImportResult(bytes: archive, name: "export.zip")
        #expect(result.failures.isEmpty, "\(result.failures)")
        #expect(result.articles.map(\.title) == ["A B"])
        #expect(result.text == ["x y"])
        #expect(result.lines == [5])
    }

    @Test func refusesAnArchiveThatIsNotAnExport() {
        let result = ImportResult(bytes: StoredArchive.bytes([("a.xml", "<a/>")]), name: "a.zip")
        #expect(result.problems == ["0 [document] xml"])
        #expect(result.failures.first?.error.message.contains("unpack others first") == true)
    }

    @Test func reportsATruncatedArchive() {
        let archive = StoredArchive.bytes([("entities.xml", export(page(1, "A") + body(1, "<p>x</p>")))])
        #expect(ImportResult(bytes: Array(archive.dropLast(40))).problems == ["0 [document] xml"])
    }

    @Test func readsPagesBeforeAnErrorAndReportsIt() {
        let xml = export(page(1, "A") + page(2, "B") + body(1, "<p>x</p>") + "<broken>" + body(2, "<p>y</p>"))
        for result in [ImportResult(xml), ImportResult(bytes: StoredArchive.bytes([("entities.xml", xml)]))] {
            #expect(result.articles.map(\.title).first == "A")
            #expect(!result.failures.isEmpty)
            #expect(result.failures.allSatisfy { $0.hidesOthers })
            #expect(result.skipped.isEmpty)
        }
    }

    @Test func refusesEntitiesThatExpandBeyondTheLimit() {
        let declarations = (1..<12).map { "<!ENTITY e\($0) \"\(String(repeating: "&e\($0 - 1);", count: 10))\">" }
            .joined()
        let xml = export(page(1, "&e11;")).replacing(
            "<hibernate-generic",
            with: "<!DOCTYPE x [<!ENTITY e0 \"0123456789\">\(declarations)]><hibernate-generic"
        ).replacing("<![CDATA[&e11;]]>", with: "&e11;")
        let result = ImportResult(bytes: StoredArchive.bytes([("entities.xml", xml)]))
        #expect(result.articles.isEmpty)
        #expect(result.failures.count == 1)
        #expect(result.failures.first?.error.code == .xml)
    }

    @Test func aCustomMappingReadsTheSameRecords() throws {
        let mapping = try Mapping(
            yaml: """
                name: mine
                matches: {element: hibernate-generic}
                assemble: confluence
                record: page
                fields:
                  id: "@id"
                  title: title
                  asked: body/h2
                  tags: [ancestor, "@space", "@kind"]
                  sections:
                    - {kind: resolution, content: "body/h2[. = 'Do']/following-sibling::p"}
                """,
            file: "mine.yaml"
        )
        let objects =
            page(1, "A", reference("parent", "Page", 2)) + page(2, "Top") + body(1, "<p>no</p><h2>Do</h2><p>it</p>")
        let result = ImportResult(export(objects), mapping: mapping)
        let article = try #require(result.articles.first, "\(result.failures)")
        #expect(article.tags == ["Top", "OPS", "page"])
        #expect(article.asked == ["Do"])
        #expect(article.sections.map(\.text) == ["it"])
        #expect(article.sections.map(\.kind) == [.resolution])
    }
}
