import Vocabulary

extension Article {
    /// The article in the native format, byte for byte the same for the same content.
    ///
    /// The content hash is computed from it, and exports write it.
    ///
    /// The order of attributes, defaults, white space and escapes are fixed. ``source`` is not part of it.
    package var canonicalXML: String {
        var xml = "<article xmlns=\"urn:frontline:knowledge:1\""
        Article.append("id", id, to: &xml)
        Article.append("locale", locale, to: &xml)
        Article.append("status", status.rawValue, to: &xml)
        Article.append("audience", audience.rawValue, to: &xml)
        if !restrict.isEmpty {
            Article.append("restrict", restrict.map(\.description).sorted().joined(separator: " "), to: &xml)
        }
        if let validFrom { Article.append("valid-from", ArticleTime.text(of: validFrom), to: &xml) }
        if let validUntil { Article.append("valid-until", ArticleTime.text(of: validUntil), to: &xml) }
        xml += ">\n<title>\(Article.escaped(title))</title>\n"
        if let summary { xml += "<summary>\(Article.escaped(summary))</summary>\n" }
        Article.append(keywords, "keywords", "keyword", to: &xml)
        for phrase in asked { xml += "<asked>\(Article.escaped(phrase))</asked>\n" }
        Article.append(tags, "tags", "tag", to: &xml)
        for section in sections {
            xml += "<section"
            Article.append("kind", section.kind.rawValue, to: &xml)
            if let title = section.title { Article.append("title", title, to: &xml) }
            xml += ">\(section.html)</section>\n"
        }
        return xml + "</article>\n"
    }

    private static func append(_ name: String, _ value: String, to xml: inout String) {
        xml += " \(name)=\"\(escaped(value))\""
    }

    private static func append(_ values: [String], _ list: String, _ item: String, to xml: inout String) {
        if values.isEmpty { return }
        xml += "<\(list)>"
        for value in values { xml += "<\(item)>\(escaped(value))</\(item)>" }
        xml += "</\(list)>\n"
    }

    /// Escapes text for XML content and double-quoted attributes.
    package static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 { MarkupWriter.append(byte, escapedTo: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
