/// Recognises common non-XML content in .xml files, so that the error names what it is.
enum XMLSniffer {
    /// The problem with a file that begins with these bytes; `nil` if it may be XML.
    static func problem(in start: ArraySlice<UInt8>) -> XMLError? {
        if start.starts(with: [0x1F, 0x8B]) { return XMLError(.notXML, "gzip-compressed data: unpack it first") }
        if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return XMLError(.notXML, "a zip archive: unpack it first") }
        if start.starts(with: Array("%PDF".utf8)) { return XMLError(.notXML, "a PDF document, not XML") }
        let wide = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
        if wide || start.prefix(4).contains(0) { return nil }
        let bare = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start
        let visible = bare.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        if visible.isEmpty { return XMLError(.empty, "the document is empty") }
        guard visible.first == UInt8(ascii: "<") else { return XMLError(.notXML, description(of: visible), line: 1) }
        return isHTML(visible) ? html : nil
    }

    private static func description(of start: ArraySlice<UInt8>) -> String {
        if start.prefix(64).contains(where: { $0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0) }) {
            return "binary data, not XML"
        }
        let words = String(decoding: start.prefix(24), as: UTF8.self).filter { !$0.isNewline }
        return "not XML: it begins with '\(words)' where '<' is expected"
    }

    /// The error for an HTML page where XML is expected.
    static let html = XMLError(
        .notXML,
        "an HTML page (perhaps a login or error page saved as XML), not XML articles",
        line: 1
    )

    private static func isHTML(_ text: ArraySlice<UInt8>) -> Bool {
        let start = String(decoding: text.prefix(64), as: UTF8.self).lowercased()
        guard start.hasPrefix("<!doctype html") || start.hasPrefix("<html") else { return false }
        return !String(decoding: text.prefix(512), as: UTF8.self).contains("http://www.w3.org/1999/xhtml")
    }
}

extension XMLError {
    /// The same error with a file name.
    func at(file: String?) -> XMLError {
        var error = self
        error.file = file
        return error
    }
}
