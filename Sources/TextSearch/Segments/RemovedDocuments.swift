/// The documents of a segment that have been removed or replaced since it was written.
struct RemovedDocuments: Sendable {
    /// One bit per document.
    private(set) var bits: [UInt64]
    /// The number of bits set.
    private(set) var count = 0
    /// The number of removed documents by term, to be subtracted from document frequencies.
    private(set) var lostTerms: [UInt32: UInt32]

    init(documents: Int) {
        bits = Array(repeating: 0, count: (documents + 63) / 64)
        lostTerms = [:]
    }

    /// Restores removals read from a file.
    init(bits: [UInt64], lostTerms: [UInt32: UInt32]) {
        self.bits = bits
        self.lostTerms = lostTerms
        count = bits.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// Whether a document is removed.
    func contains(_ document: Int) -> Bool {
        bits[document >> 6] >> UInt64(document & 63) & 1 == 1
    }

    /// Marks a document as removed and subtracts it from the frequencies of its terms.
    mutating func insert(_ document: Int, of segment: Segment, analyzer: WordAnalyzer) {
        bits[document >> 6] |= 1 << UInt64(document & 63)
        count += 1
        for term in segment.distinctTerms(document, analyzer: analyzer) {
            if let index = segment.terms.index(of: term) { lostTerms[UInt32(index), default: 0] += 1 }
        }
    }
}

/// A segment and the documents removed from it since it was written.
struct SegmentView: Sendable {
    let segment: Segment
    var removed: RemovedDocuments?

    /// The number of documents that can be found.
    var liveCount: Int { segment.documentCount - (removed?.count ?? 0) }

    /// The number of documents with a term that can be found.
    @inline(__always)
    func documentFrequency(_ term: Int) -> Int {
        let stored = segment.documentFrequency(term)
        guard let removed else { return stored }
        return max(0, stored - Int(removed.lostTerms[UInt32(term)] ?? 0))
    }
}
