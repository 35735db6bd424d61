import CLibXML2

/// Parses HTML fragments leniently into a tree.
package enum HTMLFragment {
    /// The largest number of attribute separators in one tag; bounded because libxml2 compares all attributes of a tag
    /// pairwise.
    private static let separatorsPerTag = 4000

    /// Parses HTML that need not be well formed: tags are closed as in a browser.
    ///
    /// - Returns: the `body` element, `nil` if the text is empty.
    /// - Throws: ``XMLError`` with code `limit` for more than ``XMLLimits/depth`` levels, ``XMLLimits/recordBytes``
    ///   bytes, or a tag with thousands of attributes. Mistakes that browsers repair are not errors.
    package static func parse(_ text: String, limits: XMLLimits = XMLLimits()) throws(XMLError) -> XMLElement? {
        try Array(text.utf8).withUnsafeBufferPointer { bytes throws(XMLError) in try parse(bytes, limits) }
    }

    private static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ limits: XMLLimits
    ) throws(XMLError) -> XMLElement? {
        guard bytes.count <= limits.recordBytes else {
            throw XMLError(.limit, "HTML of more than \(limits.recordBytes) bytes")
        }
        try checkTags(bytes)
        guard let start = bytes.baseAddress, let parser = htmlNewParserCtxt() else { return nil }
        defer { htmlFreeParserCtxt(parser) }
        if let sax = parser.pointee.sax {
            frontline_xml_silence(sax)
            sax.pointee.comment = nil
            sax.pointee.serror = { _, _ in }
        }
        let options = HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue
        let document = start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
            htmlCtxtReadMemory(parser, $0, Int32(bytes.count), nil, "UTF-8", Int32(options))
        }
        guard let document else { return nil }
        let tree = XMLTree()
        tree.adopt(document)
        if parser.pointee.errNo == XML_ERR_INTERNAL_ERROR.rawValue {
            throw XMLError(.limit, "HTML elements are nested more than \(limits.depth) levels deep")
        }
        guard let root = xmlDocGetRootElement(document) else { return nil }
        let html = XMLElement(tree: tree, pointer: root)
        return html.first("body") ?? html
    }

    private static func checkTags(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLError) {
        var separators = 0
        var isInTag = false
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "<"):
                isInTag = true
                separators = 0
            case UInt8(ascii: ">"): isInTag = false
            case 0x20, 0x09, 0x0A, 0x0D, 0x22, 0x27: separators += isInTag ? 1 : 0
            default: break
            }
            if separators > separatorsPerTag { throw XMLError(.limit, "an HTML tag with too many attributes") }
        }
    }
}

/// The named characters of HTML.
package enum HTMLEntity {
    /// The character of a name such as `nbsp`, without `&` and `;`; `nil` for a name not defined in HTML 4.
    package static func scalar(named name: String) -> Unicode.Scalar? {
        guard let known = htmlEntityLookup(name) else { return nil }
        return Unicode.Scalar(known.pointee.value)
    }
}
