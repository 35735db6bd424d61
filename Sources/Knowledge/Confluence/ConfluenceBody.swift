import LibXML

/// The body of a page in a Confluence export.
struct ConfluenceBody {
    /// The markup of a body.
    private enum Format: String {
        /// The storage format: XHTML with Confluence's own elements.
        case storage
        /// The wiki markup of versions before 4, which is read as plain text.
        case text
    }

    /// The id of the page that the body belongs to.
    let content: Int64
    private var text: String
    /// The line of the export on which it begins, from 1.
    private let line: Int
    private let format: Format

    /// Whether an object is a body, complete or not.
    static func recognises(_ object: XMLElement) -> Bool { object.attribute("class") == "BodyContent" }

    /// Reads an object; `nil` if it is not a body or does not name its page.
    init?(_ object: XMLElement) {
        guard Self.recognises(object) else { return nil }
        var content: Int64?
        var body: XMLElement?
        var format = Format.storage
        for element in object.elements {
            switch element.attribute("name") {
            case "content": content = element.reference
            case "body": body = element
            case "bodyType": if let type = element.number, type < 2 { format = .text }
            default: break
            }
        }
        guard let content else { return nil }
        self.content = content
        text = body?.text ?? ""
        line = body?.line ?? object.line
        self.format = format
    }

    /// The same body without its text, for when only the page's metadata is needed.
    var withoutText: ConfluenceBody {
        var copy = self
        copy.text = ""
        return copy
    }

    /// Combines a page and its body into the record that a mapping reads.
    ///
    ///     <page id="1001" kind="page" space="OPS" restricted="no">
    ///       <title>Restart the gateway</title><space>Operations</space>
    ///       <ancestor>Runbooks</ancestor><label>gateway</label>
    ///       <body format="storage"><p>…</p></body>
    ///     </page>
    ///
    /// - Throws: ``ArticleError`` when the body is not well formed, with the line in the export.
    func record(of page: ConfluencePages.Description, limits: XMLLimits) throws(ArticleError) -> XMLElement {
        // The external subset is never loaded, but declaring one lets the parser accept HTML's named entities.
        var xml = Array("<!DOCTYPE page SYSTEM \"page.dtd\"><page".utf8)
        for (name, uri) in Self.namespaces { Self.append(" xmlns:\(name)=\"", uri, "\"", to: &xml) }
        Self.append(" id=\"", String(page.id), "\"", to: &xml)
        Self.append(" kind=\"", page.isBlogPost ? "blogpost" : "page", "\"", to: &xml)
        Self.append(" space=\"", page.spaceKey, "\"", to: &xml)
        Self.append(" restricted=\"", page.isRestricted ? "yes" : "no", "\">", to: &xml)
        Self.append("<title>", page.title, "</title>", to: &xml)
        Self.append("<space>", page.spaceName, "</space>", to: &xml)
        for title in page.ancestors { Self.append("<ancestor>", title, "</ancestor>", to: &xml) }
        for label in page.labels { Self.append("<label>", label, "</label>", to: &xml) }
        Self.append("<body format=\"", format.rawValue, "\">", to: &xml)
        switch format {
        case .storage: xml += Self.mended(Array(text.utf8))
        case .text: for byte in text.utf8 { MarkupWriter.append(byte, escapedTo: &xml) }
        }
        xml += "</body></page>".utf8
        return try parse(xml, elements: 3 + page.ancestors.count + page.labels.count, limits)
    }

    private func parse(_ xml: [UInt8], elements: Int, _ limits: XMLLimits) throws(ArticleError) -> XMLElement {
        do {
            let root = try XMLDocument(bytes: xml, limits: limits).root
            // A body that closes its own element could add elements beside it.
            guard root.elements.count == elements else {
                throw ArticleError(.xml, "the body is not well formed: it closes its own element", line: line)
            }
            return root
        } catch let error as XMLError {
            throw ArticleError(
                .xml,
                "the body is not well formed: \(error.message)",
                line: line + max(0, error.line - 1)
            )
        } catch let error as ArticleError {
            throw error
        } catch {
            throw ArticleError(.xml, "\(error)", line: line)
        }
    }

    private static let namespaces = [
        ("ac", "http://atlassian.com/content"), ("ri", "http://atlassian.com/resource/identifier"),
        ("at", "http://atlassian.com/template"),
    ]

    private static func append(_ start: String, _ value: String, _ end: String, to xml: inout [UInt8]) {
        xml += start.utf8
        for byte in value.utf8 { MarkupWriter.append(byte, escapedTo: &xml) }
        xml += end.utf8
    }

    /// The storage format with its CDATA sections closed as XML requires.
    ///
    /// The export puts the body into CDATA itself and writes the `]]>` of sections inside as `]] >`. Code may contain
    /// the same characters, so they count as an end only before an end tag or another section.
    static func mended(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var isInside = false
        var index = 0
        while index < bytes.count {
            if !isInside {
                if ForwardSearch.isAt(index, "<![cdata[", in: bytes) { isInside = true }
            } else if ForwardSearch.isAt(index, "]]>", in: bytes) {
                isInside = false
            } else if ForwardSearch.isAt(index, "]] >", in: bytes) {
                let isEnd =
                    ForwardSearch.isAt(index + 4, "</", in: bytes)
                    || ForwardSearch.isAt(index + 4, "<![cdata[", in: bytes)
                if isEnd {
                    result += "]]>".utf8
                    index += 4
                    isInside = false
                    continue
                }
            }
            result.append(bytes[index])
            index += 1
        }
        return result
    }
}
