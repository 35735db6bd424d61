/// One text to be found: its searchable fields, its filterable labels and its validity.
///
/// The index knows nothing of what a document stands for: keys and labels are opaque strings.
package struct SearchDocument: Sendable, Equatable {
    /// The unique name of the document; results of equal score are ordered by it (by UTF-8 bytes, ascending).
    package var key: String
    /// The BCP 47 tag of the text, such as `en` or `de-AT`; its primary language chooses stemmer and stop words.
    package var locale: String
    /// The title: the dearest field, shown with highlights.
    package var title: String
    /// Words the author attached, separated by anything.
    package var keywords: String
    /// What people say when they look for the document, one phrase a line; never shown.
    package var asked: String
    /// A short abstract; preferred over the body for snippets when it matches equally well.
    package var summary: String
    /// Headings of the sections, separated by line feeds.
    package var headings: String
    /// The running text.
    package var body: String
    /// What a `SearchFilter` can ask for, such as `status:published`; duplicates are ignored.
    package var labels: [String]
    /// Microseconds since 1970 from which the document may be found; `nil` means always.
    package var validFrom: Int64?
    /// Microseconds since 1970 from which the document may no longer be found; `nil` means never.
    package var validUntil: Int64?
    /// A factor for documents that proved useful, clamped to `SearchTuning.boostRange`; 1 is neutral.
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

/// One change of the index.
package enum SearchChange: Sendable, Equatable {
    /// Adds the document, replacing the one of the same key.
    case upsert(SearchDocument)
    /// Takes the document of that key away; an unknown key is ignored.
    case remove(key: String)
}
