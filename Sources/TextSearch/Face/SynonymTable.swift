/// Words and abbreviations that mean the same, by locale.
///
/// A match adds a weighted alternative to the query's own words; it does not rewrite the query.
package struct SynonymTable: Sendable, Equatable {
    /// A group of equivalent phrases.
    package struct Group: Sendable, Equatable {
        /// The locale of the queries to which the group applies; `nil` for all.
        package var locale: String?
        /// Words or phrases; a phrase matches consecutive words.
        package var phrases: [String]
        /// If not empty, only these are replaced, by `phrases`; otherwise every phrase is a synonym of every other.
        package var onlyFrom: [String]
        /// The weight of an alternative relative to the word itself, above 0 and at most 1.
        package var weight: Double

        package init(locale: String? = nil, phrases: [String], onlyFrom: [String] = [], weight: Double = 0.8) {
            self.locale = locale
            self.phrases = phrases
            self.onlyFrom = onlyFrom
            self.weight = weight
        }
    }

    /// The groups; at most 10,000 are used.
    package var groups: [Group]

    /// Creates a table; without arguments it is empty.
    package init(_ groups: [Group] = []) {
        self.groups = groups
    }
}

/// A text offered as a completion by the index's owner, such as a query after which an article was used.
package struct CompletionPhrase: Sendable, Equatable {
    package var text: String
    /// The locale it is offered in; `nil` for all.
    package var locale: String?
    /// The weight by which phrases are ordered, larger first.
    package var weight: Double

    package init(_ text: String, locale: String? = nil, weight: Double = 1) {
        self.text = text
        self.locale = locale
        self.weight = weight
    }
}
