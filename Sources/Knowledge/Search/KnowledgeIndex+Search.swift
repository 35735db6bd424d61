import TextSearch
import Vocabulary

extension KnowledgeIndex {
    /// Finds published, valid articles that the caller may see.
    ///
    /// By words and meaning together where there is a model that understands the language of the query, else by words. Of a
    /// query whose last word is unfinished, the finished words are encoded; one of identifiers alone goes by words. If
    /// nothing is found in that language, other languages are searched by words.
    ///
    /// Cost: some milliseconds on the calling thread, most of them for encoding the query, unless it is a recent one.
    ///
    /// - Throws: ``KnowledgeError`` `unavailable` when `meaning` is asked for and there is no model, or it does not
    ///   understand the language.
    package func search(
        _ query: KnowledgeQuery,
        visibility: ArticleVisibility,
        now: Int64
    ) throws(KnowledgeError) -> KnowledgeResults {
        let wanted = searchQuery(query, visibility: visibility, now: now)
        if let meaning = try meaning(for: query),
            let results = HybridSearch(self, meaning, query, wanted, visibility, now: now).run()
        {
            return results
        }
        let found = index.search(wanted)
        return KnowledgeResults(
            hits: found.hits.compactMap { hit in
                guard let key = ArticleKey(text: hit.key), let content = content(of: hit.key) else { return nil }
                return KnowledgeHit(
                    id: key.id,
                    version: content.version,
                    hit: hit,
                    similarity: nil,
                    passage: nil,
                    shares: nil,
                    use: nil
                )
            },
            corrections: found.corrections,
            fellBackToLocale: found.fellBackToLocale
        )
    }

    /// The ids and scores that ``search(_:visibility:now:)`` finds, without snippets; for evaluation.
    ///
    /// - Throws: as a search does.
    package func rank(
        _ query: KnowledgeQuery,
        visibility: ArticleVisibility,
        now: Int64
    ) throws(KnowledgeError) -> [(id: String, score: Double)] {
        var wanted = searchQuery(query, visibility: visibility, now: now)
        wanted.snippets = false
        if let meaning = try meaning(for: query),
            let results = HybridSearch(self, meaning, query, wanted, visibility, now: now).run()
        {
            return results.hits.map { ($0.id, $0.hit.score) }
        }
        return index.search(wanted).hits.compactMap { hit in
            ArticleKey(text: hit.key).map { ($0.id, hit.score) }
        }
    }

    /// The index of meaning, if it takes part in a search.
    private func meaning(for query: KnowledgeQuery) throws(KnowledgeError) -> MeaningIndex? {
        switch query.mode {
        case .words: return nil
        case .hybrid, nil:
            guard let meaning, meaning.understands(query.locale) else { return nil }
            return meaning
        case .meaning:
            guard let meaning else {
                throw KnowledgeError(.unavailable, "no sentence encoder is loaded: search by words", argument: "mode")
            }
            guard meaning.understands(query.locale) else {
                throw KnowledgeError(
                    .unavailable,
                    "the sentence encoder does not understand “\(query.locale)”: search by words",
                    argument: "mode"
                )
            }
            return meaning
        }
    }
}
