/// What a feature of an utterance is made of; each kind has its own scale in a model.
package enum FeatureKind: Int, CaseIterable, Sendable {
    /// A known word or symbol.
    case word
    /// A word within reach of a negation.
    case negated
    /// A stretch of three to five letters of a word the model does not know.
    case subword
    /// Two neighbours.
    case pair
    /// Three neighbours.
    case triple
    /// Two words with one between.
    case skip
    /// A punctuation mark or a number.
    case mark

    /// How much the kind counts before training, which is how little it is held back.
    package var prior: Float {
        switch self {
        case .word, .negated, .subword, .mark: 1
        case .pair: 0.5
        case .triple: 0.35
        case .skip: 0.25
        }
    }

    /// The key under which a combination of this kind with this hash is stored.
    @inline(__always)
    package func key(_ hash: UInt64) -> UInt64 { TextHash.mix(hash &+ UInt64(rawValue &+ 1) &* 0xD6E8_FEB8_6659_FD93) }
}

/// Takes the features of an utterance as they are found.
package protocol FeatureSink {
    /// A feature with its value; it stems from the words `first...last`.
    mutating func add(_ kind: FeatureKind, key: UInt64, value: Float, first: Int, last: Int)
}
