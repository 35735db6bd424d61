/// The topic of a conversation: weighted passages of talk.
///
/// Unlike with a `SearchQuery`, nobody has asked for documents, so an empty result is the normal case.
package struct TopicQuery: Sendable {
    /// A passage of talk.
    package struct Passage: Sendable, Equatable {
        /// The text of the passage.
        package var text: String
        /// The weight of its words, above 0.
        package var weight: Double

        package init(_ text: String, weight: Double = 1) {
            self.text = text
            self.weight = weight
        }
    }

    /// The passages, oldest first; only the newest `SearchTuning.maximumTopicPassages` are used.
    package var passages: [Passage]
    /// The locale of the documents to compare; there is no fallback to other languages.
    package var locale: String
    /// The documents visible to the caller.
    package var filter: SearchFilter

    package init(_ passages: [Passage], locale: String, filter: SearchFilter = SearchFilter()) {
        self.passages = passages
        self.locale = locale
        self.filter = filter
    }
}

/// A document and measures of how well it matches the topic.
package struct TopicCandidate: Sendable, Equatable {
    package var key: String
    /// The share of the weight of all significant words that occurs in the document, 0 to 1; words in no document count
    /// too.
    package var coverage: Double
    /// The weight of the words that occur in the document, in units of a word unique to one document; it grows with the
    /// talk.
    package var weight: Double
    /// The share of its score from words in its title, keywords, asked phrases and summary, 0 to 1.
    ///
    /// For a document that has only a title of these, all its words count.
    package var aboutShare: Double
    /// The share of the significant words of its title that occur in the talk, 0 to 1.
    package var titleShare: Double
    /// How completely the newest passage contains one of its asked phrases, or a question in its title, in order and
    /// close together, 0 to 1.
    package var askedShare: Double
    /// The phrase of ``askedShare``.
    package var asked: String?
    /// The share of its score from words of the newest passage, 0 to 1.
    package var freshShare: Double
    /// The words of the talk that occur in it, by descending weight.
    package var words: [String]
    /// The words among `words` that occur in its title.
    package var titleWords: [String]
}

/// A document chosen among the candidates.
package struct TopicHit: Sendable, Equatable {
    /// The measures of how well the document matches.
    package var candidate: TopicCandidate
    package var locale: String
    package var title: String
    /// Its best matching passage.
    package var snippet: String
}
