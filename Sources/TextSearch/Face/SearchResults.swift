/// The result of a `SearchQuery`.
package struct SearchResults: Sendable, Equatable {
    /// The hits by descending score, then by ascending key.
    package var hits: [SearchHit]
    /// The words of the query that were corrected, in the order of the query.
    package var corrections: [SearchCorrection]
    /// The language of the hits if the requested locale had none.
    package var fellBackToLocale: String?

    /// Creates a result; without arguments it is empty.
    package init(hits: [SearchHit] = [], corrections: [SearchCorrection] = [], fellBackToLocale: String? = nil) {
        self.hits = hits
        self.corrections = corrections
        self.fellBackToLocale = fellBackToLocale
    }
}

/// A word of the query that the index does not contain, and its correction.
package struct SearchCorrection: Sendable, Equatable {
    /// The word as typed.
    package var from: String
    /// The word or words of the index, folded to lower case without accents.
    package var to: String

    package init(from: String, to: String) {
        self.from = from
        self.to = to
    }
}

/// A document found by a search.
package struct SearchHit: Sendable, Equatable {
    package var key: String
    /// The locale of the document as given.
    package var locale: String
    /// The score: positive, larger is better, comparable only within one result.
    package var score: Double
    /// The words of the document that matched, in the document's spelling but lower case, sorted and distinct.
    package var matched: [String]
    /// The title with the matched words highlighted.
    package var title: HighlightedText
    /// The best matching passage with the matched words highlighted; white space is collapsed, and truncated ends are
    /// marked with "…".
    package var snippet: HighlightedText
    /// The field the snippet was taken from.
    package var snippetField: SearchField
    /// How the score is composed, if the query requested it.
    package var explanation: SearchExplanation?
}

/// A text and its matching ranges.
package struct HighlightedText: Sendable, Equatable {
    package var text: String
    /// The matching ranges in Unicode scalars, ascending and without overlap.
    package var highlights: [TextRange]

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

    package init(start: Int, length: Int) {
        self.start = start
        self.length = length
    }
}

/// How the score of a hit is composed; apart from rounding, the parts add up to the score.
package struct SearchExplanation: Sendable, Equatable {
    /// One addend of the score.
    package struct Part: Sendable, Equatable {
        /// The kind of evidence: `word`, `synonym`, `typo`, `prefix`, `compound`, `phrase`, `title`, `proximity`, `boost`.
        package var kind: String
        /// The subject, such as a word of the index.
        package var text: String
        /// The amount that it adds.
        package var score: Double
    }

    /// The addends, beginning with words in the order of the query.
    package var parts: [Part]
}

/// A suggested completion of the text being typed.
package struct SearchCompletion: Sendable, Hashable {
    /// The text that replaces the whole text typed.
    package var text: String

    package init(text: String) { self.text = text }
}
