/// A question to the index.
///
/// Words are combined by OR and ranked; text in double quotes must occur as it stands. A quote that is
/// not closed is ignored, and so are quotes in conversational text (`SearchTuning.maximumWordsAroundPhrases`).
package struct SearchQuery: Sendable {
    /// What was typed or said, of any length; `SearchTuning.maximumQueryWords` bounds the work.
    package var text: String
    /// The locale to search first; `nil` searches all locales together.
    package var locale: String?
    /// The number of hits wanted, 0 to 1,000 (larger values are cut).
    package var limit: Int
    /// The number of hits to leave out, 0 to 10,000 (larger values are cut).
    package var offset: Int
    /// What the asker may see.
    package var filter: SearchFilter
    /// Whether the last word may be unfinished.
    package var prefix: Bool
    /// Whether unknown words are looked up with typing errors.
    package var fuzzy: Bool
    /// Whether hits carry an explanation of their score.
    package var explain: Bool
    /// Whether hits carry snippets and highlights; evaluation runs go faster without.
    package var snippets: Bool

    /// Creates a query with typo tolerance on.
    package init(
        _ text: String,
        locale: String? = nil,
        limit: Int = 10,
        offset: Int = 0,
        filter: SearchFilter = SearchFilter(),
        prefix: Bool = false,
        fuzzy: Bool = true,
        explain: Bool = false,
        snippets: Bool = true
    ) {
        self.text = text
        self.locale = locale
        self.limit = limit
        self.offset = offset
        self.filter = filter
        self.prefix = prefix
        self.fuzzy = fuzzy
        self.explain = explain
        self.snippets = snippets
    }
}
