import CLibXML2

extension XMLRecordReader {
    /// The resources used for resuming.
    struct Recovery {
        var resumptions = 0
        var rereadBytes = 0
        /// The offset at which reading last resumed; it always resumes after that.
        var lastOffset = -1
        /// The bytes before the root element, once they have been needed.
        var prolog: [UInt8]?
    }

    /// The outcome of resuming after a place that is not well formed.
    package enum Resumption: Equatable, Sendable {
        /// ``readPiece(_:)`` continues to deliver records.
        case resumed
        /// No further records follow.
        case ended
        /// Records may follow, but cannot be read because of the kind of error, the encoding, or the limits on
        /// resuming.
        case stopped
    }

    /// Resumes reading after the place at which ``readPiece(_:)`` has thrown.
    ///
    /// The record that contains the mistake is skipped, or else the tag or text. Reading continues after the record's
    /// end tag or, if that is missing, with the next element named like a record. A new parser is given the bytes
    /// before the root element, the open elements with the content kept of them, and then the rest of the document;
    /// limits on entities continue to count. Reading never resumes after a limit was exceeded.
    ///
    /// - Parameters:
    ///   - recordsNest: whether an element named like a record inside a record may be part of it. If not, such an
    ///     element begins the next record, because the one before was not closed.
    ///   - broken: called with the record that contains the mistake, as far as it was read.
    /// - Returns: whether more records follow and, if not, whether some may have been skipped.
    package func resume(recordsNest: Bool = true, _ broken: (XMLElement) -> Void = { _ in }) -> Resumption {
        guard let error = session.error, error.isRecoverable, collector.refusal == nil, collector.isRecognised else {
            return .stopped
        }
        if let record = collector.unfinishedRecord { broken(record) }
        let limits = session.limits
        guard recovery.resumptions < limits.resumptions else { return .stopped }
        recovery.resumptions += 1
        do {
            guard let prolog = try prolog() else { return .stopped }
            guard let place = try nextPlace(recordsNest: recordsNest) else { return .ended }
            let search = RecordSearch(names: collector.names, record: collector.unfinishedRecord?.writtenName)
            guard try hasRecord(search, from: place) else { return .ended }
            guard place.offset > recovery.lastOffset else { return .stopped }
            recovery.rereadBytes += prolog.count + max(0, session.errorOffset - place.offset)
            guard recovery.rereadBytes <= limits.rereadBytes else { return .stopped }
            return try restart(at: place, prolog) ? .resumed : .stopped
        } catch {
            return .stopped
        }
    }

    /// The bytes before the root element; `nil` if there are too many, or if their encoding is not a superset of ASCII.
    private func prolog() throws(XMLError) -> [UInt8]? {
        if let known = recovery.prolog { return known }
        guard let root = collector.rootPlace, root.offset <= session.limits.prologBytes else { return nil }
        let bytes = try self.bytes(0..<root.offset)
        // Attribute values contain no `<`, so the last one begins the root's tag.
        guard !bytes.contains(0), let start = bytes.lastIndex(of: UInt8(ascii: "<")) else { return nil }
        recovery.prolog = Array(bytes[..<start])
        return recovery.prolog
    }

    private func bytes(_ range: Range<Int>) throws(XMLError) -> [UInt8] {
        let place = source.offset
        try source.seek(to: range.lowerBound)
        var result: [UInt8] = []
        while result.count < range.count {
            let piece = try source.next()
            if piece.isEmpty { break }
            result += piece.prefix(range.count - result.count)
        }
        try source.seek(to: place)
        return result
    }

    // MARK: Finding the place

    private func nextPlace(recordsNest: Bool) throws(XMLError) -> DocumentPlace? {
        let search = RecordSearch(names: collector.names, record: collector.unfinishedRecord?.writtenName)
        if let place = collector.recordPlace, let record = collector.unfinishedRecord {
            let givenUp = (name: record.writtenName, isRecord: true)
            return try self.search(search, from: place, givenUp, recordsNest: recordsNest)
        }
        let around = try bytes(max(0, session.errorOffset - Self.lookBack)..<session.errorOffset)
        let place = DocumentPlace(offset: session.errorOffset, line: session.error?.line ?? 1)
        guard let start = around.lastIndex(of: UInt8(ascii: "<")), !around[start...].contains(UInt8(ascii: ">")) else {
            return try hasRecord(search, from: place) ? place : nil
        }
        let tag = around[(start + 1)...]
        guard let first = tag.first, first != UInt8(ascii: "/"), first != UInt8(ascii: "!"), first != UInt8(ascii: "?")
        else { return try hasRecord(search, from: place) ? place : nil }
        let name = String(decoding: tag.prefix { !RecordSearch.endsName($0) }, as: UTF8.self)
        let givenUp = (name: name, isRecord: search.isRecord(name))
        return try self.search(search, from: place, givenUp, recordsNest: recordsNest)
    }

    private static let lookBack = 1 << 16

    /// Whether an element named like a record follows; otherwise there is no reason to resume.
    private func hasRecord(_ search: RecordSearch, from place: DocumentPlace) throws(XMLError) -> Bool {
        try look(search, from: place) { $0.isRecord } != nil
    }

    /// The place after the end of a skipped element or, if its end is missing, the place of the next record.
    private func search(
        _ search: RecordSearch,
        from place: DocumentPlace,
        _ givenUp: (name: String, isRecord: Bool),
        recordsNest: Bool
    ) throws(XMLError) -> DocumentPlace? {
        var depth = 1
        var next: DocumentPlace?
        let beginsNext = givenUp.isRecord && !recordsNest
        let end = try look(search, from: place) { tag in
            if tag.isRecord, next == nil {
                next = tag.start
                if beginsNext { return true }
            }
            guard tag.name == givenUp.name else { return false }
            depth += tag.isEnd ? -1 : tag.isEmpty ? 0 : 1
            return depth == 0
        }
        if beginsNext, let next, end?.start == next { return next }
        if let end { return end.end }
        return givenUp.isRecord ? next : nil
    }

    /// The first tag at or after a place for which `isWanted` returns true.
    private func look(
        _ search: RecordSearch,
        from place: DocumentPlace,
        _ isWanted: (RecordSearch.Tag) -> Bool
    ) throws(XMLError) -> RecordSearch.Tag? {
        let back = source.offset
        try source.seek(to: place.offset)
        var scanner = TagScanner(place: place)
        var found: RecordSearch.Tag?
        while found == nil {
            let piece = try source.next()
            if piece.isEmpty { break }
            guard recovery.rereadBytes <= session.limits.rereadBytes,
                source.offset - place.offset <= session.limits.recordBytes
            else { break }
            let before = scanner.offset
            scanner.scan(piece) { tag in
                var tag = tag
                tag.isRecord = !tag.isEnd && search.isRecord(tag.name)
                if isWanted(tag) { found = tag }
                return found == nil
            }
            recovery.rereadBytes += scanner.offset - before
        }
        try source.seek(to: back)
        return found
    }

    // MARK: Resuming

    /// Brings a new parser into the state of the document at a place.
    private func restart(at place: DocumentPlace, _ prolog: [UInt8]) throws(XMLError) -> Bool {
        let isUnicode = ["", "utf-8", "utf8"].contains(session.encoding)
        let open = OpenElements(
            collector.openElements,
            without: collector.unfinishedRecord?.pointer,
            limit: session.limits.prologBytes
        )
        guard let around = open.bytes(asASCII: !isUnicode) else { return false }
        let spending = session.spending
        let rootPlace = collector.rootPlace
        let fresh = try ParserSession(file: file, limits: session.limits)
        let next = RecordCollector(session: fresh, goingOnFrom: collector)
        fresh.observer = next
        fresh.feed(prolog[...])
        fresh.feed(around[...])
        guard fresh.error == nil else {
            fresh.observer = nil
            return false
        }
        let lines = prolog.count { $0 == 0x0A } + around.count { $0 == 0x0A }
        fresh.relocate(
            line: place.line,
            offset: place.offset,
            after: (lines, prolog.count + around.count),
            spending: spending
        )
        next.begin(rootPlace: rootPlace)
        session.observer = nil
        (session, collector) = (fresh, next)
        try source.seek(to: place.offset)
        recovery.lastOffset = place.offset
        isFinished = false
        return true
    }
}

extension XMLError {
    /// Whether reading may resume after this error.
    ///
    /// It never does after a limit, which protects against hostile documents.
    package var isRecoverable: Bool { code == .malformed || code == .encoding || code == .entity }
}
