import Sentiment

/// Combines the rated words, the project's own words and the words with a role into one lexicon.
enum LexiconBuilder {
    static func build(_ ratedWords: [(word: String, rating: Float)]) -> Lexicon {
        var ratings: [UInt64: (sum: Float, count: Float)] = [:]
        for (word, rating) in ratedWords {
            guard let hash = single(word) else { continue }
            let before = ratings[hash] ?? (0, 0)
            ratings[hash] = (before.sum + rating, before.count + 1)
        }
        var valences = ratings.mapValues { $0.sum / $0.count }
        for (word, rating) in OwnWords.ratings {
            if let hash = single(word) { valences[hash] = rating }
        }
        for (word, rating) in OwnWords.fallbackRatings {
            if let hash = single(word), valences[hash] == nil { valences[hash] = rating }
        }
        var roles: [UInt64: Lexicon.Role] = [:]
        for (word, role) in OwnWords.roles {
            if let hash = single(word) { roles[hash] = role }
        }
        var entries: [UInt64: Lexicon.Entry] = [:]
        for hash in Set(valences.keys).union(roles.keys) {
            entries[hash] = Lexicon.Entry(valence: valences[hash] ?? 0, role: roles[hash] ?? .none)
        }
        return Lexicon(entries)
    }

    /// The hash of `text` if it is a single word or symbol; otherwise nil.
    private static func single(_ text: String) -> UInt64? {
        Utterance.withTokens(of: text, lexicon: Lexicon([:]), isKnown: { _ in true }) { utterance in
            guard utterance.tokens.count == 1, let token = utterance.tokens.first else { return nil }
            return token.kind == .word || token.kind == .symbol ? token.hash : nil
        }
    }
}
