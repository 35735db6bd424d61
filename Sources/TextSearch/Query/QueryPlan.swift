/// The plan for a query in one language part.
struct QueryPlan {
    /// The words used for ranking, in the order of the query.
    var slots: [Slot] = []
    /// The function words, which are looked up in titles and asked phrases, by descending weight.
    var functionWords: [Slot] = []
    /// The number of function words, from the start, used for ranking; they match no document on their own.
    var rankedFunctionWords = 0
    /// The phrases that a document must contain; an empty list of terms stands for an unknown word.
    var phrases: [PhrasePattern] = []
    /// The words that were corrected.
    var corrections: [SearchCorrection] = []
    /// The ordinals of words with synonyms, which are never corrected.
    var understood: Set<Int> = []
}

/// A phrase: terms at fixed distances.
struct PhrasePattern {
    var terms: [LocatedTerm]
    var distances: [Int]
}

/// A word of a query, analysed for one language.
struct QueryWord: Sendable {
    /// The word as typed.
    var typed: String
    var forms: WordForms
    /// Its ordinal in the query, counting plain words.
    var ordinal: Int
    /// The number of parts of a joined word, 1 for a plain word.
    var parts: Int
}

/// A word of the query with its alternatives; a document is scored by the best of them.
struct Slot {
    /// The word as typed.
    var typed: String
    /// Its ordinal in the query.
    var ordinal: Int
    /// How often it occurs in the query.
    var frequency: Int
    /// The word itself and what may replace it.
    var alternatives: [Alternative]

    /// The weight of the best alternative.
    var weight: UInt32 { alternatives.reduce(0) { max($0, $1.weight) } }
}

/// A term, or a phrase of terms, that matches a word of the query.
struct Alternative {
    /// Why it matches the word.
    enum Kind: String {
        case word, synonym, typo, prefix, compound
    }

    /// The consecutive terms; usually one.
    var terms: [LocatedTerm]
    /// The distance of each term from the first.
    var distances: [Int] = [0]
    /// For a phrase, the documents that contain it, by segment.
    var phrases: [PhraseList] = []
    var kind: Kind
    /// The word or words in the spelling of the index.
    var shown: String
    /// The weight of an impact of 1: the inverse frequency times `WeightScale.unit`, times the weight of the kind.
    var weight: UInt32
}

/// The whole-number scale of weights.
enum WeightScale {
    /// The scaled value of a weight of 1.
    static let unit: Float = 1_024

    /// A weight as a whole number, limited so that the sum of 64 slots cannot overflow.
    static func weight(_ value: Float) -> UInt32 { UInt32(max(1, min(65_535, (value * unit).rounded()))) }

    /// Converts a sum of weights times impacts to a score.
    static func score(_ sum: UInt32) -> Double { Double(sum) / Double(unit * 255) }
}
