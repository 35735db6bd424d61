/// One language part as one asker may see it: term look-ups, frequencies and visibility.
final class PartReader {
    let part: LanguagePart
    let filters: [DocumentFilter]
    let analyzer: WordAnalyzer
    private var located: [String: LocatedTerm] = [:]

    init(part: LanguagePart, filter: SearchFilter, analyzer: WordAnalyzer) {
        self.part = part
        self.analyzer = analyzer
        filters = part.segments.map { DocumentFilter(filter, view: $0) }
    }

    /// Where a term is.
    func locate(_ term: String) -> LocatedTerm {
        if let known = located[term] { return known }
        var indices: [Int] = []
        var frequency = 0
        for view in part.segments {
            let index = view.segment.terms.index(of: term)
            indices.append(index ?? -1)
            if let index { frequency += view.documentFrequency(index) }
        }
        let result = LocatedTerm(text: term, indices: indices, documentFrequency: frequency)
        located[term] = result
        return result
    }

    /// Whether some document the asker may see holds a term.
    func isVisible(_ term: LocatedTerm) -> Bool {
        term.documentFrequency > 0
            && part.segments.indices.contains { index in
                term.indices[index] >= 0 && firstVisible(term.indices[index], index) != nil
            }
    }

    private func firstVisible(_ term: Int, _ index: Int) -> Int? {
        let segment = part.segments[index].segment
        guard filters[index].bits != nil else { return Int(segment.termPostings[term]) }
        for block in Int(segment.termBlocks[term])..<Int(segment.termBlocks[term + 1]) {
            let base = Int(segment.blocks.bases[block])
            for posting in Int(segment.blocks.starts[block])..<Int(segment.blocks.starts[block + 1])
            where filters[index].admits(base + Int(segment.blocks.offsets[posting])) { return posting }
        }
        return nil
    }

    /// The weight of a term found in so many documents, after Robertson and Spärck Jones, never negative.
    func inverseFrequency(_ documentFrequency: Int) -> Float {
        let all = Float(max(part.liveCount, documentFrequency))
        let with = Float(documentFrequency)
        return logarithm(1 + (all - with + 0.5) / (with + 0.5))
    }
}

/// A term and its index in each segment of a part, −1 where it is not.
struct LocatedTerm {
    let text: String
    let indices: [Int]
    let documentFrequency: Int
}
