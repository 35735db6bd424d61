/// What is being talked about: passages of talk, of which some count more than others.
///
/// Unlike a `SearchQuery` it is not what somebody wants found, so an answer without documents is the usual one.
package struct TopicQuery: Sendable {
    /// A stretch of talk.
    package struct Passage: Sendable, Equatable {
        /// What was said.
        package var text: String
        /// What its words count, above 0.
        package var weight: Double

        /// Creates a passage.
        package init(_ text: String, weight: Double = 1) {
            self.text = text
            self.weight = weight
        }
    }

    /// The passages, oldest first; `SearchTuning.maximumTopicPassages` of the newest are looked at.
    package var passages: [Passage]
    /// The locale whose documents are looked at; no other language stands in for it.
    package var locale: String
    /// What the asker may see.
    package var filter: SearchFilter

    /// Creates a query.
    package init(_ passages: [Passage], locale: String, filter: SearchFilter = SearchFilter()) {
        self.passages = passages
        self.locale = locale
        self.filter = filter
    }
}

/// A document beside what is being talked about, and how far the two agree.
package struct TopicCandidate: Sendable, Equatable {
    /// The key of the document.
    package var key: String
    /// The share of what the telling words weigh that the document answers, 0 to 1; words no document has count too.
    package var coverage: Double
    /// What the words it answers weigh, in units of a word that no other document has; it grows with the talk.
    package var weight: Double
    /// The share of its score made by words of what it says of itself, 0 to 1: its title, keywords, asked phrases and summary.
    ///
    /// A document that says nothing of itself but its title is about all of its words.
    package var aboutShare: Double
    /// The share of the telling words of its title that were said, 0 to 1.
    package var titleShare: Double
    /// How much of one of the phrases it is asked by, or of a question in its title, the newest passage says, in order and together, 0 to 1.
    package var askedShare: Double
    /// That phrase.
    package var asked: String?
    /// The share of its score that words of the newest passage make, 0 to 1.
    package var freshShare: Double
    /// The words of the talk that it answers, the most telling first.
    package var words: [String]
    /// Which of `words` stand in its title.
    package var titleWords: [String]
}

/// A document that was chosen among the candidates, as it is shown.
package struct TopicHit: Sendable, Equatable {
    /// How far the document agrees with the talk.
    package var candidate: TopicCandidate
    /// The locale of the document.
    package var locale: String
    /// Its title.
    package var title: String
    /// The passage of it that answers best.
    package var snippet: String
}
