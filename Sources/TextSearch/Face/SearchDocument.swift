/// A document to index: its searchable fields, its filterable labels and its validity.
///
/// The index treats keys and labels as opaque strings.
package struct SearchDocument: Sendable, Equatable {
    /// The unique name of the document; results of equal score are ordered by it, by ascending UTF-8 bytes.
    package var key: String
    /// The BCP 47 tag of the text, such as `en` or `de-AT`; its primary language determines the stemmer and the stop
    /// words.
    package var locale: String
    /// The title, shown with highlights.
    package var title: String
    /// Keywords added by the author, with any separators.
    package var keywords: String
    /// Phrases with which people ask for the document, one per line; never shown.
    package var asked: String
    /// A short abstract; preferred over the body for snippets when it matches equally well.
    package var summary: String
    /// Headings of the sections, separated by line feeds.
    package var headings: String
    /// The running text.
    package var body: String
    /// The labels on which a `SearchFilter` can filter, such as `status:published`; duplicates are ignored.
    package var labels: [String]
    /// The time from which the document may be found, in microseconds since 1970; `nil` for no limit.
    package var validFrom: Int64?
    /// The time from which the document may no longer be found, in microseconds since 1970; `nil` for no limit.
    package var validUntil: Int64?
    /// A factor for the score, clamped to `SearchTuning.boostRange`; 1 is neutral.
    package var boost: Float

    /// Creates a document; only `key` and `locale` are required.
    package init(
        key: String,
        locale: String,
        title: String = "",
        keywords: String = "",
        asked: String = "",
        summary: String = "",
        headings: String = "",
        body: String = "",
        labels: [String] = [],
        validFrom: Int64? = nil,
        validUntil: Int64? = nil,
        boost: Float = 1
    ) {
        self.key = key
        self.locale = locale
        self.title = title
        self.keywords = keywords
        self.asked = asked
        self.summary = summary
        self.headings = headings
        self.body = body
        self.labels = labels
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.boost = boost
    }
}

/// A change to the index.
package enum SearchChange: Sendable, Equatable {
    /// Adds the document, replacing any with the same key.
    case upsert(SearchDocument)
    /// Removes the document with this key; an unknown key is ignored.
    case remove(key: String)
}
