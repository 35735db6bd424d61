/// All documents of one primary language: the unit within which words are compared and weighed.
struct LanguagePart: Sendable {
    /// The primary language.
    let language: String
    /// The segments, oldest first.
    var segments: [SegmentView] = []
    /// The number of findable documents.
    private(set) var liveCount = 0
    /// The number of words of findable documents, by field.
    private(set) var lengthSums = [Int](repeating: 0, count: Segment.fieldCount)
    /// The lengths the impacts of all segments were computed with.
    var reference: [Float] = []

    init(language: String) { self.language = language }

    /// As read from a file, to be `counted` once the contents are trusted.
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

    /// The mean lengths of findable documents.
    var means: [Float] {
        lengthSums.map { Float($0) / Float(max(1, liveCount)) }
    }

    /// Takes in a segment whose documents are all findable.
    mutating func append(_ segment: Segment) {
        segments.append(SegmentView(segment: segment))
        for document in 0..<segment.documentCount { count(segment, document, 1) }
    }

    /// Removes a document by key; false when there is none.
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
