/// Reduces a long text to the words worth searching for.
struct InformativeTermFinder {
    let reader: PartReader
    let tuning: SearchTuning

    /// The telling words of a text, best first.
    func terms(of text: String) -> [InformativeTerm] {
        let parsed = ParsedQuery(text, analyzer: reader.analyzer)
        var counts: [String: (word: QueryWord, count: Int)] = [:]
        for word in parsed.words where word.parts == 1 && !word.forms.isStopWord {
            if SmallTalk.words.contains(word.forms.surface) { continue }
            counts[word.forms.term, default: (word, 0)].count += 1
        }
        let weighed = counts.values.compactMap { weigh($0.word, $0.count) }
        return weighed.sorted { ($0.term.weight, $1.ordinal) > ($1.term.weight, $0.ordinal) }.map(\.term)
    }

    private func weigh(_ word: QueryWord, _ count: Int) -> (term: InformativeTerm, ordinal: Int)? {
        let term = reader.locate(word.forms.term)
        guard Double(term.documentFrequency) <= max(3, tuning.commonWordShare * Double(reader.part.liveCount)),
            word.forms.surface.utf8.count > 1, reader.isVisible(term)
        else { return nil }
        let rarity = Double(reader.inverseFrequency(term.documentFrequency))
        let weight = rarity * (1 + Double(logarithm(Float(count))))
        return (InformativeTerm(text: word.typed.lowercased(), weight: weight), word.ordinal)
    }
}
