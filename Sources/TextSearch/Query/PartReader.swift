/// One language part as visible to one caller: term look-ups, frequencies and visibility.
final class PartReader {
    let part: LanguagePart
    let filters: [DocumentFilter]
    let analyzer: WordAnalyzer
    private var located: [String: LocatedTerm] = [:]

    /// The number of imagined documents, which contain none of the words; see ``SearchTuning/minimumTopicDocuments``.
    private let imagined: Int

    init(part: LanguagePart, filter: SearchFilter, analyzer: WordAnalyzer, imagined: Int = 0) {
        self.part = part
        self.analyzer = analyzer
        self.imagined = imagined
        filters = part.segments.map { DocumentFilter(filter, view: $0) }
    }

    /// Looks up a term in each segment.
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

    /// Whether a document visible to the caller contains a term.
    func isVisible(_ term: LocatedTerm) -> Bool {
        term.documentFrequency > 0
            && part.segments.indices.contains { index in
                term.indices[index] >= 0 && firstVisible(term.indices[index], index) != nil
            }
    }

    /// The terms of words with this spelling, ignoring accents.
    func terms(ofSurface surface: String) -> [String] {
        var result: [String] = []
        for view in part.segments {
            guard var index = view.segment.surfaces.index(of: surface) else { continue }
            while index > 0, view.segment.surfaces.string(index - 1) == surface { index -= 1 }
            while index < view.segment.surfaces.count, view.segment.surfaces.string(index) == surface {
                let term = view.segment.terms.string(Int(view.segment.surfaceTerms[index]))
                if !result.contains(term) { result.append(term) }
                index += 1
            }
        }
        return result
    }

    /// How often a spelling occurs, including hidden documents.
    func count(ofSurface surface: String) -> Int {
        part.segments.reduce(0) { total, view in
            guard let index = view.segment.surfaces.index(of: surface) else { return total }
            return total + Int(view.segment.surfaceCounts[index])
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

    /// Whether a document visible to the caller contains a word in this spelling; examines a bounded number of
    /// documents.
    func isVisible(surface: String, term: LocatedTerm) -> Bool {
        for (index, view) in part.segments.enumerated() where term.indices[index] >= 0 {
            guard filters[index].bits != nil else { return true }
            var left = Self.maximumLooks
            var found = false
            view.segment.eachDocument(ofTerm: term.indices[index]) { document in
                guard !found, left > 0, filters[index].admits(Int(document)) else { return }
                left -= 1
                found = holds(surface, term.indices[index], view.segment, document)
            }
            if found { return true }
        }
        return false
    }

    private static let maximumLooks = 256

    /// Whether a document contains a term in a certain spelling within a range of positions.
    func holds(
        _ surface: String,
        _ term: Int,
        _ segment: Segment,
        _ document: UInt32,
        before end: Int = .max
    ) -> Bool {
        guard let posting = segment.posting(ofTerm: term, document: document) else { return false }
        var positions: [UInt32] = []
        segment.readPositions(posting, into: &positions, limit: MatchFinder.maximumPositions)
        let bytes = segment.text(Int(document))
        let inside = positions.filter { Int($0) < end }.map(Int.init)
        return segment.byteRanges(Int(document), ofPositions: inside).contains { range in
            analyzer.forms(of: UnsafeBufferPointer(rebasing: bytes[range])).surface == surface
        }
    }

    /// The weight of a term found in this many documents (Robertson and Spärck Jones), never negative.
    func inverseFrequency(_ documentFrequency: Int) -> Float {
        let all = Float(max(part.liveCount, documentFrequency) + imagined)
        let with = Float(documentFrequency)
        return logarithm(1 + (all - with + 0.5) / (with + 0.5))
    }
}

/// A term and its index in each segment of a part; −1 for segments without it.
struct LocatedTerm {
    let text: String
    let indices: [Int]
    let documentFrequency: Int
}
