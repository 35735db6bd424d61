import Foundation

/// Reads an index file, and trusts no content until the checksum is verified.
struct IndexFileReader {
    private let path: String
    private let descriptor: Int32
    private var remaining: Int
    private var checksum = Checksum()

    /// The limits on numbers in a file before its checksum is verified.
    private static let maximumParts: UInt64 = 10_000
    private static let maximumSegments: UInt64 = 100_000

    /// Reads a snapshot.
    static func read(_ path: String, tuning: SearchTuning) throws(SearchError) -> IndexSnapshot {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw IndexFile.failure("cannot read", path, code: errno == ENOENT ? .missing : .inputOutput)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw IndexFile.failure("cannot read", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw SearchError(.damaged, "\(path) is not a file") }
        var reader = IndexFileReader(path: path, descriptor: descriptor, remaining: Int(status.st_size))
        return try reader.read(tuning: tuning)
    }

    private mutating func read(tuning: SearchTuning) throws(SearchError) -> IndexSnapshot {
        guard try word() == IndexFile.magic else { throw SearchError(.damaged, "\(path) is not a search index") }
        guard try word() == IndexFile.version, try word() == IndexFile.fingerprint(of: tuning) else {
            throw SearchError(.otherVersion, "\(path) was written by another version or with other tuning")
        }
        var snapshot = IndexSnapshot()
        // The checksum depends on the runs, so they are the same as in writing.
        checksum = Checksum()
        try startOver()
        _ = try words(3)
        let head = try words(2)
        snapshot.sequence = Int64(bitPattern: head[0])
        guard head[1] <= Self.maximumParts else { throw damaged }
        for _ in 0..<head[1] { snapshot.parts.append(try part()) }
        let sum = checksum.value
        guard try word() == sum, remaining == 0 else { throw damaged }
        for part in snapshot.parts {
            guard part.segments.allSatisfy({ $0.segment.isConsistent }) else { throw damaged }
        }
        for index in snapshot.parts.indices { snapshot.parts[index] = snapshot.parts[index].counted() }
        return snapshot
    }

    private mutating func startOver() throws(SearchError) {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw IndexFile.failure("cannot read", path) }
        remaining += 24
    }

    private var damaged: SearchError { SearchError(.damaged, "\(path) is damaged") }

    private mutating func part() throws(SearchError) -> LanguagePart {
        let letters = try words(8).filter { $0 != 0 }
        guard letters.allSatisfy({ $0 < 0x80 }) else { throw damaged }
        let language = String(decoding: letters.map { UInt8($0) }, as: UTF8.self)
        let numbers = try words(Segment.fieldCount + 1)
        guard numbers.dropLast().allSatisfy({ $0 <= UInt64(UInt32.max) }) else { throw damaged }
        let reference = numbers.dropLast().map { Float(bitPattern: UInt32($0)) }
        guard numbers[Segment.fieldCount] <= Self.maximumSegments else { throw damaged }
        var views: [SegmentView] = []
        for _ in 0..<numbers[Segment.fieldCount] { views.append(try view()) }
        return LanguagePart(uncounted: language, segments: views, reference: reference)
    }

    private mutating func view() throws(SearchError) -> SegmentView {
        let lengths = try words(SegmentSection.allCases.count)
        var buffers: [SectionBuffer] = []
        for length in lengths {
            guard length <= UInt64(max(0, remaining)) else { throw damaged }
            let buffer = SectionBuffer(byteCapacity: Int(length))
            try read(into: buffer.appendUninitialized(byteCount: Int(length)))
            buffers.append(buffer)
        }
        let counts = try words(2)
        guard counts.allSatisfy({ $0 <= UInt64(max(0, remaining)) / 8 }) else { throw damaged }
        let bits = try words(Int(counts[0]))
        let lost = try words(Int(counts[1]))
        var view = SegmentView(segment: Segment(buffers: buffers))
        if !bits.isEmpty {
            let pairs = lost.map { (UInt32($0 >> 32), UInt32(truncatingIfNeeded: $0)) }
            view.removed = RemovedDocuments(bits: bits, lostTerms: Dictionary(pairs) { $1 })
        }
        return view
    }

    private mutating func word() throws(SearchError) -> UInt64 { try words(1)[0] }

    private mutating func words(_ count: Int) throws(SearchError) -> [UInt64] {
        guard count * 8 <= remaining else { throw damaged }
        let buffer = SectionBuffer(byteCapacity: count * 8)
        try read(into: buffer.appendUninitialized(byteCount: count * 8))
        return Array(buffer.values(of: UInt64.self))
    }

    private mutating func read(into bytes: UnsafeMutableRawBufferPointer) throws(SearchError) {
        var done = 0
        while done < bytes.count, let start = bytes.baseAddress {
            let count = Foundation.read(descriptor, start + done, min(bytes.count - done, 1 << 28))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw IndexFile.failure("cannot read", path) }
            guard count > 0 else { throw damaged }
            done += count
        }
        remaining -= bytes.count
        checksum.update(UnsafeRawBufferPointer(bytes))
    }
}

extension Segment {
    /// Whether the lengths of all sections are consistent, so that no look-up can leave its section.
    var isConsistent: Bool {
        let documents = documentCount
        let terms = terms.count
        let postings = blocks.impacts.count
        let skips = (postings + Int(PostingsWriter.skipDistance) - 1) / Int(PostingsWriter.skipDistance)
        let counts: [(Int, Int)] = [
            (keys.count, documents), (textStarts.count, documents + 1), (boosts.count, documents),
            (fieldBytes.count, documents * Self.fieldCount), (fieldTokens.count, documents * Self.fieldCount),
            (anchorStarts.count, documents + 1), (validity.count, documents * 2), (labelCounts.count, labels.count),
            (labelStarts.count, labels.count), (termPostings.count, terms + 1), (termBlocks.count, terms + 1),
            (termMaxima.count, terms), (blocks.offsets.count, postings), (positionSkips.count, skips),
            (blocks.maxima.count, blocks.bases.count), (blocks.starts.count, blocks.bases.count + 1),
            (surfaceTerms.count, surfaces.count), (surfaceCounts.count, surfaces.count),
            (surfaceMasks.count, surfaces.count),
        ]
        let lasts: [(UInt64?, Int)] = [
            (keys.offsets.last.map(UInt64.init), keys.bytes.count), (textStarts.last, text.count),
            (anchorStarts.last.map(UInt64.init), anchors.count), (termPostings.last.map(UInt64.init), postings),
            (termBlocks.last.map(UInt64.init), blocks.bases.count), (blocks.starts.last.map(UInt64.init), postings),
            (self.terms.offsets.last.map(UInt64.init), self.terms.bytes.count),
            (surfaces.offsets.last.map(UInt64.init), surfaces.bytes.count),
            (labels.offsets.last.map(UInt64.init), labels.bytes.count),
            (locales.offsets.last.map(UInt64.init), locales.bytes.count),
        ]
        return counts.allSatisfy { $0.0 == $0.1 } && lasts.allSatisfy { $0.0 == UInt64($0.1) }
    }
}
