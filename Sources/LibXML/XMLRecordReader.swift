/// Reads the records of a document of any size in memory bounded by one record.
///
/// The parents of a record, their attributes and (within ``XMLLimits/contextBytes``) the elements that ended before it
/// stay reachable from it; its later siblings are not there yet. Elements handed to a closure are valid until it
/// returns. Not `Sendable`: one reader belongs to one thread at a time.
package final class XMLRecordReader {
    private enum Source {
        case file(FileInput)
        case bytes([UInt8])
    }

    private let session: ParserSession
    private let collector: RecordCollector
    private var source: Source
    private var buffer: [UInt8]
    private var offset = 0
    private var isFinished = false
    private let file: String?
    private static let piece = 1 << 16

    /// Bytes read so far, for progress and rates.
    package private(set) var bytesRead = 0

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: A regular file.
    ///   - limits: Bounds on size, depth and entities.
    ///   - recognise: Called once with the root element, which has its attributes but no children yet; answers the
    ///     names of the elements that are records (the root's own is allowed). What it throws ends the reading.
    /// - Throws: ``XMLError`` with code `unreadable` when there is no such file.
    package convenience init(
        path: String,
        limits: XMLLimits = XMLLimits(),
        recognise: @escaping (XMLElement) throws -> [XMLName]
    ) throws(XMLError) {
        try self.init(.file(FileInput(path: path)), file: path, limits: limits, recognise: recognise)
    }

    /// Reads bytes in memory; `file` is named in errors.
    package convenience init(
        bytes: [UInt8],
        file: String? = nil,
        limits: XMLLimits = XMLLimits(),
        recognise: @escaping (XMLElement) throws -> [XMLName]
    ) throws(XMLError) {
        try self.init(.bytes(bytes), file: file, limits: limits, recognise: recognise)
    }

    private init(
        _ source: Source,
        file: String?,
        limits: XMLLimits,
        recognise: @escaping (XMLElement) throws -> [XMLName]
    ) throws(XMLError) {
        self.session = try ParserSession(file: file, limits: limits)
        self.collector = RecordCollector(session: session, recognise: recognise)
        self.source = source
        self.buffer = if case .file = source { [UInt8](repeating: 0, count: XMLRecordReader.piece) } else { [] }
        self.file = file
        session.observer = collector
    }

    deinit { session.observer = nil }

    /// Reads the next piece (64 KiB) and hands over the records that end in it.
    ///
    /// - Parameter body: Gets each record in document order; `isComplete` is `false` for one larger than
    ///   ``XMLLimits/recordBytes``, of which only the beginning is there.
    /// - Returns: `false` once the document has ended.
    /// - Throws: ``XMLError`` at the first place where the document is not well formed or passes a limit, or what
    ///   `recognise` threw; the records before it have been handed over.
    package func readPiece(_ body: (XMLElement, _ isComplete: Bool) -> Void) throws -> Bool {
        if isFinished { return false }
        let piece = try nextPiece()
        if bytesRead == piece.count, let problem = XMLSniffer.problem(in: piece) {
            isFinished = true
            throw problem.at(file: file)
        }
        withoutActuallyEscaping(body) { escaping in
            collector.handler = escaping
            if piece.isEmpty { session.finish() } else { session.feed(piece) }
            collector.handler = nil
        }
        isFinished = piece.isEmpty
        guard let error = session.error else { return !isFinished }
        isFinished = true
        throw collector.refusal ?? error
    }

    private func nextPiece() throws(XMLError) -> ArraySlice<UInt8> {
        let count: Int
        switch source {
        case .file(let input):
            count = try input.fill(&buffer)
            bytesRead += count
            return buffer[..<count]
        case .bytes(let bytes):
            let start = offset
            offset = min(start + XMLRecordReader.piece, bytes.count)
            bytesRead = offset
            return bytes[start..<offset]
        }
    }
}
