/// The kind of a feature of an utterance; each kind has its own scale in a model.
package enum FeatureKind: Int, CaseIterable, Sendable {
    /// A known word or symbol.
    case word
    /// A word within the range of a negation.
    case negated
    /// Three to five consecutive letters of a word unknown to the model.
    case subword
    /// Two adjacent words.
    case pair
    /// Three adjacent words.
    case triple
    /// Two words with one in between.
    case skip
    /// A punctuation mark or a number.
    case mark

    /// The prior weight of the kind: the larger it is, the less training regularises the kind's features.
    package var prior: Float {
        switch self {
        case .word, .negated, .subword, .mark: 1
        case .pair: 0.5
        case .triple: 0.35
        case .skip: 0.25
        }
    }

    /// The key under which a combination of this kind with this hash is stored in a model.
    @inline(__always)
    package func key(_ hash: UInt64) -> UInt64 { TextHash.mix(hash &+ UInt64(rawValue &+ 1) &* 0xD6E8_FEB8_6659_FD93) }
}

/// Receives the features of an utterance.
package protocol FeatureSink {
    /// Adds a feature with its value, derived from the words `first...last`.
    mutating func add(_ kind: FeatureKind, key: UInt64, value: Float, first: Int, last: Int)
}
