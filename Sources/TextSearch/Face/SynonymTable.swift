/// Words and abbreviations that mean the same, by locale.
///
/// A match counts as a weighted alternative of the query's own words, never as a rewriting of the query.
package struct SynonymTable: Sendable, Equatable {
    /// Phrases of which each stands for the others.
    package struct Group: Sendable, Equatable {
        /// The locale whose queries the group serves; `nil` serves all.
        package var locale: String?
        /// Words or phrases; a phrase matches words in a row.
        package var phrases: [String]
        /// When set, only these are replaced, by `phrases`; else every phrase stands for every other.
        package var onlyFrom: [String]
        /// What an alternative counts beside the word itself, above 0 to 1.
        package var weight: Double

        /// Creates a group.
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

/// A text offered as a completion by the index's owner, such as a query that led to a used article.
package struct CompletionPhrase: Sendable, Equatable {
    /// The text offered.
    package var text: String
    /// The locale it is offered in; `nil` in all.
    package var locale: String?
    /// Its rank among the phrases: larger first.
    package var weight: Double

    /// Creates a phrase.
    package init(_ text: String, locale: String? = nil, weight: Double = 1) {
        self.text = text
        self.locale = locale
        self.weight = weight
    }
}
