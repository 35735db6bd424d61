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

/// The fields of a document, in the order of their word positions.
package enum SearchField: Int, Sendable, CaseIterable {
    case title
    case keywords
    case asked
    case summary
    case headings
    case body
}

/// The documents visible to the caller: a conjunction of label conditions and a time.
///
/// It is applied before ranking, completion and correction, so that neither hits nor words of hidden documents are
/// revealed.
package struct SearchFilter: Sendable, Equatable {
    /// One condition on the labels of a document.
    package enum Clause: Sendable, Equatable {
        /// At least one of these labels; an empty list admits nothing.
        case anyOf([String])
        /// None of these labels.
        case noneOf([String])
    }

    /// The conditions, which must all hold.
    package var clauses: [Clause]
    /// The time at which the document must be valid, in microseconds since 1970; `nil` ignores validity.
    package var asOf: Int64?

    /// Creates a filter; without arguments it admits all documents.
    package init(_ clauses: [Clause] = [], asOf: Int64? = nil) {
        self.clauses = clauses
        self.asOf = asOf
    }
}
