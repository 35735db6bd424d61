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
