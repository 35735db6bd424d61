/// A word of the query with everything that may stand for it; a document counts the best of them.
struct Slot {
    /// The word as typed.
    var typed: String
    /// Its number in the query.
    var ordinal: Int
    /// How often the query says it.
    var frequency: Int
    /// What is looked for.
    var alternatives: [Alternative]

    /// The weight of the best alternative.
    var weight: UInt32 { alternatives.reduce(0) { max($0, $1.weight) } }
}

/// A term, or a phrase of terms, that stands for a word of the query.
struct Alternative {
    /// Why it stands for the word.
    enum Kind: String {
        case word, synonym, typo, prefix, compound
    }

    /// The terms in a row; most often one.
    var terms: [LocatedTerm]
    /// Where each term stands after the first.
    var distances: [Int] = [0]
    /// For a phrase, the documents that hold it, by segment.
    var phrases: [PhraseList] = []
    var kind: Kind
    /// The word or words as the index has them.
    var shown: String
    /// What an impact of 1 is worth: the inverse frequency times `WeightScale.unit`, times what the kind is worth.
    var weight: UInt32
}

/// The whole-number scale of weights.
enum WeightScale {
    /// What a weight of 1 is.
    static let unit: Float = 1_024

    /// A weight as a whole number that cannot overflow a sum of 64 slots.
    static func weight(_ value: Float) -> UInt32 { UInt32(max(1, min(65_535, (value * unit).rounded()))) }

    /// A sum of weights times impacts as a score.
    static func score(_ sum: UInt32) -> Double { Double(sum) / Double(unit * 255) }
}
