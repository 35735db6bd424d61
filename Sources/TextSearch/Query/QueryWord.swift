/// A word of a query as one language reads it.
struct QueryWord: Sendable {
    /// The word as typed.
    var typed: String
    /// Its forms.
    var forms: WordForms
    /// Its number in the query, counting plain words.
    var ordinal: Int
    /// The number of parts of a joined word, 1 for a plain one.
    var parts: Int
}
