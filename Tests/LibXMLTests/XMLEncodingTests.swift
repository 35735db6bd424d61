import Foundation
import LibXML
import Testing

@Suite struct XMLEncodingTests {
    private func text(_ bytes: [UInt8]) throws -> String { try XMLDocument(bytes: bytes).root.text }

    @Test func readsDeclaredAndDetectedEncodings() throws {
        let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xE9] + Array("</a>".utf8)
        #expect(try text(latin) == "é")
        let windows = Array("<?xml version='1.0' encoding='windows-1252'?><a>".utf8) + [0x80] + Array("</a>".utf8)
        #expect(try text(windows) == "€")
        for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian] {
            let mark: [UInt8] = encoding == .utf16LittleEndian ? [0xFF, 0xFE] : [0xFE, 0xFF]
            let data = try #require("<?xml version='1.0' encoding='UTF-16'?><a>é€😀</a>".data(using: encoding))
            #expect(try text(mark + Array(data)) == "é€😀")
        }
        #expect(try text([0xEF, 0xBB, 0xBF] + Array("<a>é</a>".utf8)) == "é")
    }

    @Test func refusesBytesInvalidInTheEncoding() {
        let latinAsUTF8 =
            Array("<?xml version='1.0' encoding='UTF-8'?>\n<a>\n".utf8) + [0xE9, 0x20, 0x20, 0x20]
            + Array("</a>".utf8)
        let error = #expect(throws: XMLError.self) { try text(latinAsUTF8) }
        #expect(error?.line == 3)
        let odd = [0xFF, 0xFE] + Array("<a>".utf8)
        #expect(throws: XMLError.self) { try text(odd) }
        #expect(throws: XMLError.self) { try text(Array("<?xml version='1.0' encoding='UTF-16'?><a/>".utf8)) }
    }

    @Test(arguments: ["ISO-8859-1", "UTF-8"])
    func readsLongTextsInPieces(encoding: String) throws {
        let body = String(repeating: "Grüße aus Köln. ", count: 20_000)
        let data = try #require(
            "<?xml version='1.0' encoding='\(encoding)'?><a>\(body)</a>".data(
                using: encoding == "UTF-8" ? .utf8 : .isoLatin1
            )
        )
        #expect(try text(Array(data)) == body)
    }
}

@Suite struct HTMLFragmentTests {
    @Test(arguments: [
        ("<p>a<br>b<p>c", "abc"), ("plain & simple", "plain & simple"), ("&eacute;&nbsp;&#8364;", "é\u{A0}€"),
        ("<table><tr><td>x</table>", "x"), ("a<!-- no -->b", "ab"), ("<b><i>x</b></i>", "x"), ("ü€😀", "ü€😀"),
    ])
    func readsHTMLLikeBrowsers(html: String, expected: String) throws {
        #expect(try HTMLFragment.parse(html)?.text == expected)
    }

    @Test func limitsDepthAndAttributes() {
        #expect(throws: XMLError.self) { try HTMLFragment.parse(String(repeating: "<div>", count: 100_000)) }
        let many = (0..<20_000).map { "a\($0)=1" }.joined(separator: " ")
        #expect(throws: XMLError.self) { try HTMLFragment.parse("<p \(many)>x</p>") }
    }

    @Test func anEmptyFragmentIsNil() throws {
        #expect(try HTMLFragment.parse("") == nil)
    }
}
