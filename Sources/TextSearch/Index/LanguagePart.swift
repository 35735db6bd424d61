/// All documents of one primary language: the unit within which words are compared and weighted.
struct LanguagePart: Sendable {
    let language: String
    /// The segments, oldest first.
    var segments: [SegmentView] = []
    /// The number of documents that can be found.
    private(set) var liveCount = 0
    /// The number of words in documents that can be found, by field.
    private(set) var lengthSums = [Int](repeating: 0, count: Segment.fieldCount)
    /// The mean lengths with which the impacts of all segments were computed.
    var reference: [Float] = []

    init(language: String) { self.language = language }

    /// Creates a part read from a file; call `counted()` once its contents are verified.
    init(uncounted language: String, segments: [SegmentView], reference: [Float]) {
        self.language = language
        self.segments = segments
        self.reference = reference
    }

    /// The part with its documents and lengths counted.
    func counted() -> LanguagePart {
        var result = LanguagePart(uncounted: language, segments: segments, reference: reference)
        for view in segments {
            for document in 0..<view.segment.documentCount where view.removed?.contains(document) != true {
                result.count(view.segment, document, 1)
            }
        }
        return result
    }

    /// The mean field lengths of documents that can be found.
    var means: [Float] {
        lengthSums.map { Float($0) / Float(max(1, liveCount)) }
    }

    /// Adds a segment without removed documents.
    mutating func append(_ segment: Segment) {
        segments.append(SegmentView(segment: segment))
        for document in 0..<segment.documentCount { count(segment, document, 1) }
    }

    /// Removes a document by key; returns false if there is none.
    mutating func remove(key: String, analyzer: () -> WordAnalyzer) -> Bool {
        for index in segments.indices.reversed() {
            let segment = segments[index].segment
            guard let document = segment.document(ofKey: key), segments[index].removed?.contains(document) != true
            else {
                continue
            }
            var removed = segments[index].removed ?? RemovedDocuments(documents: segment.documentCount)
            segments[index].removed = nil
            removed.insert(document, of: segment, analyzer: analyzer())
            segments[index].removed = removed
            count(segment, document, -1)
            return true
        }
        return false
    }

    private mutating func count(_ segment: Segment, _ document: Int, _ sign: Int) {
        liveCount += sign
        for field in 0..<Segment.fieldCount {
            lengthSums[field] += sign * Int(segment.fieldTokens[document * Segment.fieldCount + field])
        }
    }
}
