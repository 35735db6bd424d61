/// A search query.
///
/// Words are combined by OR and ranked; text in double quotes must occur exactly. An unclosed quote is ignored, and so
/// are quotes in conversational text (`SearchTuning.maximumWordsAroundPhrases`).
package struct SearchQuery: Sendable {
    /// The text typed or said, of any length; `SearchTuning.maximumQueryWords` bounds the work.
    package var text: String
    /// The locale to search first; `nil` searches all languages together.
    package var locale: String?
    /// The number of hits wanted, 0 to 1,000 (larger values are clamped).
    package var limit: Int
    /// The number of hits to skip, 0 to 10,000 (larger values are clamped).
    package var offset: Int
    /// The documents visible to the caller.
    package var filter: SearchFilter
    /// Whether the last word may be unfinished.
    package var prefix: Bool
    /// Whether typing errors in unknown words are tolerated.
    package var fuzzy: Bool
    /// Whether hits include an explanation of their score.
    package var explain: Bool
    /// Whether hits include snippets and highlights; without them evaluation runs are faster.
    package var snippets: Bool

    /// Creates a query; typo tolerance is on by default.
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
