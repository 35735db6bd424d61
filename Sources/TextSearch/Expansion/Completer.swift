/// Finds completions of an unfinished word.
struct Completer {
    let reader: PartReader
    let tuning: SearchTuning

    /// The terms of words that begin with `word`, the most frequent first.
    func alternatives(_ word: QueryWord) -> [Alternative] {
        let found = contentSurfaces(withPrefix: word.forms.surface, limit: limit(word.forms.surface))
        var terms: [LocatedTerm] = []
        var shown: [String] = []
        for surface in found
        where surface.term != word.forms.term && !terms.contains(where: { $0.text == surface.term }) {
            let located = reader.locate(surface.term)
            guard reader.isVisible(located) else { continue }
            terms.append(located)
            shown.append(surface.text)
        }
        let frequency = min(reader.part.liveCount, terms.reduce(0) { $0 + $1.documentFrequency })
        let weight = WeightScale.weight(reader.inverseFrequency(frequency) * tuning.completionWeight)
        return zip(terms, shown).map { Alternative(terms: [$0], kind: .prefix, shown: $1, weight: weight) }
    }

    /// The number of completions to use: fewer for a short prefix, whose completions discriminate less and occur in
    /// more documents.
    private func limit(_ beginning: String) -> Int {
        min(tuning.maximumCompletions, 6 * beginning.unicodeScalars.count)
    }

    /// The most frequent words that begin with a prefix, without function words.
    func contentSurfaces(withPrefix prefix: String, limit: Int) -> ArraySlice<(text: String, term: String, count: Int)>
    {
        // The margin covers the function words, of which no prefix has more than a few dozen.
        surfaces(withPrefix: prefix, limit: limit + 32).filter { !reader.analyzer.isStopWord($0.text) }.prefix(limit)
    }

    /// The most frequent words that begin with a prefix.
    private func surfaces(withPrefix prefix: String, limit: Int) -> [(text: String, term: String, count: Int)] {
        var best: [String: (term: String, count: Int)] = [:]
        for view in reader.part.segments {
            for index in Self.mostFrequent(view.segment, view.segment.surfaces.range(withPrefix: prefix), limit) {
                let text = view.segment.surfaces.string(index)
                let term = view.segment.terms.string(Int(view.segment.surfaceTerms[index]))
                best[text, default: (term, 0)].count += Int(view.segment.surfaceCounts[index])
            }
        }
        let sorted = best.sorted {
            $0.value.count != $1.value.count ? $0.value.count > $1.value.count : $0.key < $1.key
        }
        return sorted.prefix(limit).map { ($0.key, $0.value.term, $0.value.count) }
    }

    /// The indices of the most frequent surfaces in a range, most frequent first.
    private static func mostFrequent(_ segment: Segment, _ range: Range<Int>, _ limit: Int) -> [Int] {
        var best: [Int] = []
        for index in range {
            let count = segment.surfaceCounts[index]
            if best.count == limit, count <= segment.surfaceCounts[best[limit - 1]] { continue }
            let place = best.firstIndex { segment.surfaceCounts[$0] < count } ?? best.count
            best.insert(index, at: place)
            if best.count > limit { best.removeLast() }
        }
        return best
    }
}
