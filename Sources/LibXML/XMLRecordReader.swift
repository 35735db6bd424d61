/// Reads the records of a document of any size in memory bounded by one record.
///
/// The parents of a record, their attributes and (within ``XMLLimits/contextBytes``) the elements that ended before it
/// stay reachable from it; its later siblings do not exist yet. Elements passed to a closure are valid until it
/// returns. If the document is not well formed, ``readPiece(_:)`` throws, and ``resume(recordsNest:_:)`` continues
/// after that place. Not `Sendable`: use a reader from one thread at a time.
package final class XMLRecordReader {
    var session: ParserSession
    var collector: RecordCollector
    let source: DocumentSource
    let file: String?
    var isFinished = false
    private var isAtStart = true
    /// The resources used for resuming so far.
    var recovery = Recovery()

    /// The number of bytes read so far, for progress and rates; bytes read twice count once.
    package private(set) var bytesRead = 0

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: A regular file.
    ///   - limits: Limits on size, depth and entities.
    ///   - recognise: Called once with the root element, which has its attributes but no children yet; returns the
    ///     names of the elements that are records, which may include the root's. An error that it throws ends the
    ///     reading.
    /// - Throws: ``XMLError`` with code `unreadable` if the file does not exist.
    package convenience init(
        path: String,
        limits: XMLLimits = XMLLimits(),
        recognise: @escaping (XMLElement) throws -> [XMLName]
    ) throws(XMLError) {
        try self.init(DocumentSource(FileInput(path: path)), file: path, limits: limits, recognise: recognise)
    }

    /// Reads bytes in memory; `file` is the name in errors.
    package convenience init(
        bytes: [UInt8],
        file: String? = nil,
        limits: XMLLimits = XMLLimits(),
        recognise: @escaping (XMLElement) throws -> [XMLName]
    ) throws(XMLError) {
        try self.init(DocumentSource(bytes), file: file, limits: limits, recognise: recognise)
    }

    /// Reads a stream, which cannot resume after a place that is not well formed.
    package convenience init(
        stream: any ByteStream,
        file: String? = nil,
        limits: XMLLimits = XMLLimits(),
        recognise: @escaping (XMLElement) throws -> [XMLName]
    ) throws(XMLError) {
        try self.init(DocumentSource(stream), file: file, limits: limits, recognise: recognise)
    }

    private init(
        _ source: DocumentSource,
        file: String?,
        limits: XMLLimits,
        recognise: @escaping (XMLElement) throws -> [XMLName]
    ) throws(XMLError) {
        self.session = try ParserSession(file: file, limits: limits)
        self.collector = RecordCollector(session: session, recognise: recognise)
        self.source = source
        self.file = file
        session.observer = collector
    }

    deinit { session.observer = nil }

    /// Reads the next piece (64 KiB) and calls `body` with the records that end in it.
    ///
    /// - Parameter body: Called with each record in document order; `isComplete` is `false` for one larger than
    ///   ``XMLLimits/recordBytes``, of which only the beginning is available.
    /// - Returns: `false` once the document has ended.
    /// - Throws: ``XMLError`` at the first place where the document is not well formed or exceeds a limit, or the error
    ///   thrown by `recognise`; the records before it have been delivered.
    package func readPiece(_ body: (XMLElement, _ isComplete: Bool) -> Void) throws -> Bool {
        if isFinished { return false }
        let piece = try source.next()
        bytesRead = max(bytesRead, source.offset)
        if isAtStart, let problem = XMLSniffer.problem(in: piece) {
            isFinished = true
            throw problem.at(file: file)
        }
        isAtStart = false
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
}
