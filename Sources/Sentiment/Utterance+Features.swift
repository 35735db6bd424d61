extension Utterance {
    /// The factor for the value of a negated word as a feature.
    private static let negatedWord: Float = -0.6
    private static let subwordLengths = 3...5

    /// The factor for every feature of the utterance, so that length does not increase scores.
    package var scale: Float { 3 / Float(max(wordCount, 1) + 2).squareRoot() }

    /// Passes every feature to `sink`; with `asUnknown` words yield only subwords, as if the model knew none of them.
    package func features(asUnknown: Bool = false, into sink: inout some FeatureSink) {
        var previous = TextHash.seed
        var beforePrevious = TextHash.seed
        for index in tokens.indices {
            let token = tokens[index]
            switch token.kind {
            case .word, .symbol: word(token, index, asUnknown, &sink)
            case .number, .mark:
                sink.add(.mark, key: FeatureKind.mark.key(token.hash), value: 1, first: index, last: index)
            case .reference: break
            }
            let pair = TextHash.combine(previous, token.hash)
            sink.add(
                .pair,
                key: FeatureKind.pair.key(pair),
                value: FeatureKind.pair.prior,
                first: max(0, index - 1),
                last: index
            )
            let triple = FeatureKind.triple.key(TextHash.combine(beforePrevious, pair))
            sink.add(.triple, key: triple, value: FeatureKind.triple.prior, first: max(0, index - 2), last: index)
            if index >= 2 {
                let skip = FeatureKind.skip.key(TextHash.combine(beforePrevious, token.hash))
                sink.add(.skip, key: skip, value: FeatureKind.skip.prior, first: index - 2, last: index)
            }
            (beforePrevious, previous) = (previous, token.hash)
        }
    }

    private func word(_ token: Token, _ index: Int, _ asUnknown: Bool, _ sink: inout some FeatureSink) {
        let value = token.multiplier * (token.isNegated ? Self.negatedWord : 1)
        if !asUnknown {
            sink.add(.word, key: FeatureKind.word.key(token.hash), value: value, first: index, last: index)
            if token.isNegated {
                sink.add(.negated, key: FeatureKind.negated.key(token.hash), value: 1, first: index, last: index)
            }
        }
        let length = Int(token.foldedEnd - token.folded)
        guard token.kind == .word, length >= 5, asUnknown || !token.isKnown else { return }
        let count = Self.subwordLengths.reduce(0) { $0 + max(0, length - $1 + 1) }
        let share = value / Float(count).squareRoot()
        for start in Int(token.folded)..<(Int(token.foldedEnd) - 2) {
            var hash = TextHash.seed
            for offset in 0..<min(Self.subwordLengths.upperBound, Int(token.foldedEnd) - start) {
                hash = TextHash.extend(hash, folded[start + offset])
                guard offset >= Self.subwordLengths.lowerBound - 1 else { continue }
                sink.add(.subword, key: FeatureKind.subword.key(hash), value: share, first: index, last: index)
            }
        }
    }
}
