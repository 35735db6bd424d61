/// A word, mark or symbol of an utterance.
package struct Token: Sendable {
    package enum Kind: UInt8, Sendable {
        case word, symbol, number, mark, reference
    }

    /// The hash of the folded text.
    package var hash: UInt64 = 0
    /// Its byte offset in the text.
    package var start: Int32 = 0
    package var end: Int32 = 0
    /// The offset of its folded bytes in the folding buffer, including "<" and ">".
    var folded: Int32 = 0
    var foldedEnd: Int32 = 0
    package var kind = Kind.word
    /// Whether it is a word in upper case.
    var isCapital = false
    /// Whether letters are drawn out ("soooo").
    var isDrawnOut = false
    /// The number of characters of a mark.
    var length: UInt8 = 0
    /// The rating in the lexicon, after negation and boosters.
    var valence: Float = 0
    /// How the word modifies others.
    var role = Lexicon.Role.none
    /// The weight of the word.
    var multiplier: Float = 1
    /// Whether the word is negated.
    var isNegated = false
    /// Whether the model or the lexicon contains the word.
    var isKnown = false
}
