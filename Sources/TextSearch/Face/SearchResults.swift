/// The answer to a `SearchQuery`.
package struct SearchResults: Sendable, Equatable {
    /// Hits by score descending, then by key ascending.
    package var hits: [SearchHit]
    /// Words of the query that were read as other words, in the order of the query.
    package var corrections: [SearchCorrection]
    /// The language the hits are in when the wanted locale had none.
    package var fellBackToLocale: String?

    /// Creates an answer; without arguments it is empty.
    package init(hits: [SearchHit] = [], corrections: [SearchCorrection] = [], fellBackToLocale: String? = nil) {
        self.hits = hits
        self.corrections = corrections
        self.fellBackToLocale = fellBackToLocale
    }
}

/// A word of the query that the index does not know and what it was taken for.
package struct SearchCorrection: Sendable, Equatable {
    /// The word as typed.
    package var from: String
    /// The word or words of the index, folded to lower case without accents.
    package var to: String

    /// Creates a correction.
    package init(from: String, to: String) {
        self.from = from
        self.to = to
    }
}

/// One found document.
package struct SearchHit: Sendable, Equatable {
    /// The key of the document.
    package var key: String
    /// The locale of the document as it was given.
    package var locale: String
    /// The score: positive, larger is better, comparable within one answer only.
    package var score: Double
    /// The words of the document that matched, as they stand in it but lower case, sorted and distinct.
    package var matched: [String]
    /// The title with the matched words.
    package var title: HighlightedText
    /// The passage that answers best, with the matched words; white space is collapsed, cut ends carry "…".
    package var snippet: HighlightedText
    /// The field the snippet was taken from.
    package var snippetField: SearchField
    /// What the score is made of, when the query asked for it.
    package var explanation: SearchExplanation?
}

/// A text and the ranges in it that matched.
package struct HighlightedText: Sendable, Equatable {
    /// The text.
    package var text: String
    /// Ranges in Unicode scalars, ascending, not overlapping.
    package var highlights: [TextRange]

    /// Creates a text with its highlights.
    package init(text: String = "", highlights: [TextRange] = []) {
        self.text = text
        self.highlights = highlights
    }
}

/// A range counted in Unicode scalars.
package struct TextRange: Sendable, Hashable {
    /// The first scalar.
    package var start: Int
    /// The number of scalars.
    package var length: Int

    /// Creates a range.
    package init(start: Int, length: Int) {
        self.start = start
        self.length = length
    }
}

/// What the score of a hit is made of; the parts add up to the score but for rounding.
package struct SearchExplanation: Sendable, Equatable {
    /// One addend of the score.
    package struct Part: Sendable, Equatable {
        /// The kind of evidence: `word`, `synonym`, `typo`, `prefix`, `compound`, `phrase`, `title`, `proximity`, `boost`.
        package var kind: String
        /// What it is about, such as the word of the index.
        package var text: String
        /// What it adds.
        package var score: Double
    }

    /// The addends, words in the order of the query first.
    package var parts: [Part]
}

/// An offer to complete what is being typed.
package struct SearchCompletion: Sendable, Hashable {
    /// The whole text to put in place of what was typed.
    package var text: String

    /// Creates a completion.
    package init(text: String) { self.text = text }
}
