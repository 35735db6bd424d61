package import TextSearch
package import Vocabulary

/// The parameters of a search.
package struct KnowledgeQuery: Sendable {
    package var text: String
    package var locale: String
    package var tags: [String]
    package var limit: Int
    package var offset: Int
    package var prefix: Bool
    package var fuzzy: Bool
    package var explain: Bool
    /// What the search goes by; nil for words and meaning where there is a model, and words where there is none.
    package var mode: SearchMode?

    package init(
        text: String,
        locale: String = "en",
        tags: [String] = [],
        limit: Int = 10,
        offset: Int = 0,
        prefix: Bool = false,
        fuzzy: Bool = true,
        explain: Bool = false,
        mode: SearchMode? = nil
    ) {
        self.text = text
        self.locale = locale
        self.tags = tags
        self.limit = limit
        self.offset = offset
        self.prefix = prefix
        self.fuzzy = fuzzy
        self.explain = explain
        self.mode = mode
    }
}

/// A published article that was found.
package struct KnowledgeHit: Sendable, Equatable {
    /// What a hit's score consists of, when meaning took part.
    package struct Shares: Sendable, Equatable {
        /// The score of its words alone.
        package let wordScore: Double
        /// What its words add to the score of the hit.
        package let words: Double
        /// What its meaning adds.
        package let meaning: Double
        /// What its use after similar words adds.
        package let use: Double
    }

    package let id: String
    package let version: Int64
    /// Locale, score, title, snippet and the words that matched.
    package let hit: SearchHit
    /// How near the query's meaning is to the nearest passage, from -1 to 1; nil if meaning took no part.
    package let similarity: Double?
    /// The text of that passage.
    package let passage: String?
    /// Nil if the score is that of the words.
    package let shares: Shares?
    /// The use after similar words; nil if that lifts nothing.
    package let use: UseEvidence?
}

/// The result of a search.
package struct KnowledgeResults: Sendable, Equatable {
    /// The hits, best first; equal scores in the order of their keys.
    package var hits: [KnowledgeHit]
    /// The words of the query that were understood as others.
    package var corrections: [SearchCorrection]
    /// The language of the hits if the requested one had none.
    package var fellBackToLocale: String?
}
