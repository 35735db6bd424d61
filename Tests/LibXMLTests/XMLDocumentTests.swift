import LibXML
import Testing

@Suite struct XMLDocumentTests {
    @Test func readsNamesNamespacesAttributesAndText() throws {
        let document = try XMLDocument(
            text: """
                <a:root xmlns:a="urn:a" xmlns="urn:d" one="1" a:two="&lt;2&gt;">
                  <child
                     x="y">tea &amp; <![CDATA[<milk>]]><!-- no --></child>
                  <child/>
                </a:root>
                """
        )
        let root = document.root
        #expect(root.qualifiedName == XMLName("root", namespace: "urn:a"))
        #expect(root.attribute("one") == "1")
        #expect(root.attribute("two", namespace: "urn:a") == "<2>")
        #expect(root.attribute("two") == nil)
        #expect(root.elements.map(\.line) == [2, 4])
        #expect(root.first("child", namespace: "urn:d")?.text == "tea & <milk>")
        #expect(root.first("child", namespace: "") == nil)
        #expect(root.namespace(forPrefix: "a") == "urn:a")
        #expect(root.elements[0].parent == root)
    }

    @Test(arguments: [
        ("<a><b></a>", XMLError.Code.malformed, 1),
        ("<a>\n\n<b>", .malformed, 3),
        ("<a>\n&php.ini;</a>", .entity, 2),
        ("<!DOCTYPE a SYSTEM 'a.dtd'><a>\n&unknown;</a>", .entity, 2),
        ("<!DOCTYPE a SYSTEM 'a.dtd'><a b='\n&unknown;'/>", .entity, 2),
        ("<!DOCTYPE a [<!ENTITY f SYSTEM '/etc/passwd'>]><a>&f;</a>", .entity, 1),
        ("<!DOCTYPE a [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><a>&a;</a>", .limit, 1),
        ("  \n ", .empty, 0),
        ("", .empty, 0),
        ("plain words", .notXML, 1),
        ("<!DOCTYPE html>\n<html><p>Log in<br></html>", .notXML, 1),
        ("<?xml version='1.0' encoding='x-klingon'?><a/>", .encoding, 1),
        ("<?xml version='1.0' encoding='UTF-16'?><a/>", .encoding, 1),
        ("<a>\u{1}</a>", .malformed, 1),
        ("<a/><b/>", .malformed, 1),
        ("<a b='1' b='2'/>", .malformed, 1),
    ])
    func refusesWithCodeAndLine(source: String, code: XMLError.Code, line: Int) {
        let error = #expect(throws: XMLError.self) { try XMLDocument(text: source) }
        #expect(error?.code == code, "\(String(describing: error))")
        #expect(error?.line == line, "\(String(describing: error))")
    }
}
