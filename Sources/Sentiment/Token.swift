/// A word, mark or symbol of an utterance.
package struct Token: Sendable {
    /// What kind of token it is.
    package enum Kind: UInt8, Sendable {
        case word, symbol, number, mark, reference
    }

    /// The hash of the folded text.
    package var hash: UInt64 = 0
    /// Where it stands in the text, in bytes.
    package var start: Int32 = 0
    package var end: Int32 = 0
    /// Where its folded bytes stand in the folding buffer, "<" and ">" included.
    var folded: Int32 = 0
    var foldedEnd: Int32 = 0
    /// What kind of token it is.
    package var kind = Kind.word
    /// Whether it is a word in capital letters.
    var isCapital = false
    /// Whether letters are drawn out ("soooo").
    var isDrawnOut = false
    /// The number of characters of a mark.
    var length: UInt8 = 0
    /// The rating in the lexicon, after negation and boosters.
    var valence: Float = 0
    /// How the word acts on others.
    var role = Lexicon.Role.none
    /// How much the word counts.
    var multiplier: Float = 1
    /// Whether a negation reaches the word.
    var isNegated = false
    /// Whether model or lexicon know the word.
    var isKnown = false
}
