import Archives
import LibXML

/// The XML of a Confluence export inside its ZIP archive.
final class ExportStream: ByteStream {
    static let entry = "entities.xml"

    private let reader: ZIPEntryReader
    private var isAtStart = true
    private var isWide = false

    /// Opens the export; `nil` when the input is not a ZIP archive.
    ///
    /// - Throws: ``ArticleError`` for an archive that cannot be read or is not an export.
    init?(_ input: ArticleInput) throws(ArticleError) {
        do throws(ZIPError) {
            switch input {
            case .file(let path), .download(let path, _):
                guard ZIPEntryReader.recognises(path: path) else { return nil }
                reader = try ZIPEntryReader(Self.entry, inArchiveAt: path)
            case .bytes(let bytes, _):
                guard ZIPEntryReader.recognises(bytes) else { return nil }
                reader = try ZIPEntryReader(Self.entry, in: bytes)
            }
        } catch {
            let hint = "; of archives only Confluence exports are read, unpack others first"
            throw ArticleError(.xml, error.code == .missing ? error.message + hint : error.message, line: 0)
        }
    }

    func read(into buffer: inout [UInt8]) throws(XMLError) -> Int {
        let count: Int
        do {
            count = try reader.read(into: &buffer)
        } catch {
            throw XMLError(error.code == .limit ? .limit : .unreadable, error.message)
        }
        if isAtStart {
            isAtStart = false
            isWide = buffer.prefix(2) == [0xFF, 0xFE] || buffer.prefix(2) == [0xFE, 0xFF]
        }
        if isWide { return count }
        // Exports contain control characters that people pasted into pages, which XML parsers reject.
        for index in 0..<count where buffer[index] < 0x20 {
            let byte = buffer[index]
            if byte != 0x09, byte != 0x0A, byte != 0x0D { buffer[index] = 0x20 }
        }
        return count
    }
}
