import CLibXML2

/// An incremental parse: bytes are passed to `feed`, the tree grows in `tree`, and `error` is the first mistake.
///
/// libxml2 calls back through ``ParserHooks``; everything that would access data outside the given bytes or grow
/// without bound is refused there. Without an `observer` the whole document stays in the tree.
final class ParserSession {
    let tree = XMLTree()
    let limits: XMLLimits
    let file: String?
    /// Decides which parts of a streamed document stay in the tree.
    var observer: RecordCollector?
    private(set) var error: XMLError?
    /// The byte offset in the document at which ``error`` occurred.
    private(set) var errorOffset = 0

    private let parser: xmlParserCtxtPtr
    /// The amounts used up of the limits on the whole document.
    struct Spending {
        var entityReferences = 0
        var entityBytes = 0
        var entityDeclarations = 0
        var externalEntities: Set<String> = []
    }

    private(set) var spending = Spending()
    /// The correction of the parser's own line and offset, if it did not start at the beginning of the document.
    private var shift = (line: 0, offset: 0)
    /// Incomplete markup in the parser's buffer: its start, and how far it has been scanned.
    private var waiting = (start: -1, scanned: 0, quotes: 0)
    private static let piece = 1 << 14
    private static let attributesPerElement = 1000

    init(file: String?, limits: XMLLimits) throws(XMLError) {
        guard let parser = xmlCreatePushParserCtxt(nil, nil, nil, 0, nil), let sax = parser.pointee.sax else {
            throw XMLError(.unreadable, "no memory for a parser", file: file)
        }
        self.parser = parser
        self.limits = limits
        self.file = file
        let options = XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue
        xmlCtxtUseOptions(parser, Int32(options))
        // In reader mode the nodes of an entity are copied into the tree instead of shared, so that records can be
        // freed.
        parser.pointee.parseMode = XML_PARSE_READER
        parser.pointee._private = Unmanaged.passUnretained(self).toOpaque()
        ParserHooks.install(in: sax)
    }

    deinit {
        if tree.document == nil, let document = parser.pointee.myDoc { xmlFreeDoc(document) }
        xmlFreeParserCtxt(parser)
    }

    /// Parses the next bytes; does nothing once there is an error.
    func feed(_ bytes: ArraySlice<UInt8>) {
        var start = bytes.startIndex
        while start < bytes.endIndex, error == nil {
            let end = min(start + ParserSession.piece, bytes.endIndex)
            bytes[start..<end].withUnsafeBytes { buffer in
                let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                _ = xmlParseChunk(parser, base, Int32(buffer.count), 0)
            }
            start = end
            checkPendingMarkup()
        }
        noteIllFormed()
    }

    /// Ends the document; open elements are an error.
    func finish() {
        guard error == nil else { return }
        xmlParseChunk(parser, nil, 0, 1)
        noteIllFormed()
    }

    /// Ends parsing with this error, unless it already has one.
    func fail(_ code: XMLError.Code, _ message: String, line: Int? = nil) {
        fail(XMLError(code, message, line: line ?? self.line, file: file))
    }

    /// Ends parsing with this error, unless it already has one.
    func fail(_ error: XMLError) {
        if self.error == nil {
            self.error = error
            errorOffset = offset
        }
        xmlStopParser(parser)
    }

    /// The current line, from 1.
    var line: Int { (parser.pointee.input.map { Int($0.pointee.line) } ?? 0) + shift.line }

    /// The current byte offset in the document.
    var offset: Int { max(0, Int(xmlByteConsumed(parser))) + shift.offset }

    /// The encoding that the document declares, in lower case; empty if it declares none.
    var encoding: String { String(xml: parser.pointee.encoding).lowercased() }

    /// Converts a line in the parser's own count to a line of the document.
    func line(ofParser line: Int) -> Int { line + shift.line }

    /// Sets the place in the document of the bytes fed next, and the amounts used up of its limits before.
    ///
    /// - Parameters:
    ///   - line: the line, from 1.
    ///   - offset: the number of bytes before it.
    ///   - fed: the lines and bytes fed so far, which do not count for that place.
    ///   - spending: the amounts used up before.
    func relocate(line: Int, offset: Int, after fed: (lines: Int, bytes: Int), spending: Spending) {
        shift = (line - fed.lines - 1, offset - fed.bytes)
        self.spending = spending
    }

    func isMain(_ other: xmlParserCtxtPtr) -> Bool { other == parser }

    /// The depth of the element that begins in `other`, which is the parser itself or one inside an entity.
    func depth(in other: xmlParserCtxtPtr) -> Int {
        Int(other.pointee.nodeNr) + (isMain(other) ? 0 : Int(parser.pointee.nodeNr)) + 1
    }

    /// Refuses elements with excessively many attributes, because libxml2 compares them pairwise.
    func admits(attributes: Int32) -> Bool {
        guard attributes > ParserSession.attributesPerElement else { return true }
        fail(.limit, "an element with more than \(ParserSession.attributesPerElement) attributes")
        return false
    }

    private func noteIllFormed() {
        if error == nil, parser.pointee.wellFormed == 0 { fail(.malformed, "the document is not well formed") }
    }

    /// Refuses too many attributes in an incomplete tag before libxml2 processes them.
    ///
    /// A tag, comment or declaration stays in the parser's buffer until it is complete; each byte is examined once.
    private func checkPendingMarkup() {
        // A callback that stops the parser frees its buffer, and libxml2 may set the place to one in it afterwards.
        guard error == nil, let input = parser.pointee.input, input.pointee.buf != nil,
            let current = input.pointee.cur, let end = input.pointee.end, let base = input.pointee.base
        else { return }
        let pending = end - current
        guard pending > 4 * ParserSession.piece, current.pointee == UInt8(ascii: "<"), current[1] > 0x3F else { return }
        let start = Int(input.pointee.consumed) + (current - base)
        if start != waiting.start || pending < waiting.scanned { waiting = (start, 0, 0) }
        let fresh = UnsafeBufferPointer(start: current + waiting.scanned, count: pending - waiting.scanned)
        for byte in fresh where byte == 0x22 || byte == 0x27 { waiting.quotes += 1 }
        waiting.scanned = pending
        if waiting.quotes > 4 * ParserSession.attributesPerElement {
            fail(.limit, "an element with more than \(ParserSession.attributesPerElement) attributes")
        }
    }
}

// MARK: - Entities

extension ParserSession {
    /// Counts an entity declaration; returns whether it is allowed.
    func admitsDeclaration(of name: UnsafePointer<xmlChar>?, external: Bool) -> Bool {
        spending.entityDeclarations += 1
        if spending.entityDeclarations > limits.entityDeclarations {
            fail(.limit, "more than \(limits.entityDeclarations) entities are declared")
            return false
        }
        if external { spending.externalEntities.insert(String(xml: name)) }
        return !external
    }

    /// Counts an entity reference and its length; returns whether it may be expanded.
    func admitsReference(length: Int) -> Bool {
        spending.entityReferences += 1
        spending.entityBytes += length
        guard spending.entityReferences <= limits.entityReferences, spending.entityBytes <= limits.recordBytes else {
            fail(.limit, "entities expand beyond the limit (\(limits.entityReferences) references)")
            return false
        }
        return true
    }

    /// Ends parsing at a reference to an entity without a known replacement.
    func failUndefined(_ name: String) {
        let external = spending.externalEntities.contains(name)
        fail(.entity, external ? "entity '\(name)' is external and is never loaded" : "entity '\(name)' is not defined")
    }
}
