import LibXML
import Testing

@Suite struct XPathTests {
    private func root() throws -> XMLElement {
        try XMLDocument(text: "<a xmlns:p='urn:p' n='5'><b>x</b><b>y</b><p:c xml:lang='de'>z</p:c></a>").root
    }

    @Test(arguments: [
        ("b", "x"), ("b[2]", "y"), ("@n", "5"), ("count(b)", "2"), ("1 = 1", "true"), ("q:c/@xml:lang", "de"),
        ("concat(b, '-', q:c)", "x-z"), ("normalize-space(' a  b ')", "a b"), ("1 div 2", "0.5"), ("/a/b/text()", "x"),
    ])
    func yieldsText(path: String, expected: String) throws {
        #expect(try XPath(path, namespaces: ["q": "urn:p"]).string(on: root()) == expected)
    }

    @Test func yieldsNilForAnEmptyNodeSet() throws {
        #expect(try XPath("nothing").string(on: root()) == nil)
        #expect(try XPath("nothing").boolean(on: root()) == false)
        #expect(try XPath("nothing").nodes(on: root()).isEmpty)
    }

    @Test func yieldsNodesInDocumentOrder() throws {
        let items = try XPath("b | @n | //p:c", namespaces: ["p": "urn:p"]).nodes(on: root())
        #expect(items.map(\.text) == ["5", "x", "y", "z"])
    }

    @Test(arguments: ["", "b[", "b]]", "//", "1 +", "a b", "'open", "\u{1}"])
    func refusesInvalidExpressions(path: String) {
        let error = #expect(throws: XMLError.self) { try XPath(path) }
        #expect(error?.code == .xpath)
    }

    @Test(arguments: ["x:b", "unknown()", "$variable", "document('/etc/passwd')", "concat('a')"])
    func refusesUnknownPrefixesAndFunctions(path: String) throws {
        let expression = try XPath(path)
        #expect(throws: XMLError.self) { try expression.check() }
        #expect(throws: XMLError.self) { _ = try expression.evaluate(on: root()) }
    }

    @Test func limitsTheStepsOfAnEvaluation() throws {
        let source = "<a>" + String(repeating: "<b/>", count: 3000) + "</a>"
        let document = try XMLDocument(text: source)
        let bomb = try XPath("count(//*[count(//*[count(//*) > 0]) > 0])")
        let started = ContinuousClock.now
        let error = #expect(throws: XMLError.self) { _ = try bomb.evaluate(on: document.root) }
        #expect(error?.code == .xpath)
        #expect(ContinuousClock.now - started < .seconds(3))
        #expect(try XPath("count(b)").string(on: document.root) == "3000")
    }

    @Test func refusesDeepExpressions() {
        let deep = String(repeating: "(", count: 2000) + "1" + String(repeating: ")", count: 2000)
        #expect(throws: XMLError.self) { try XPath(deep) }
    }
}
