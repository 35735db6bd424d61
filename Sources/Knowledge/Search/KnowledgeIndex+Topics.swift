package import TextSearch

/// A published article that matches the topic of a conversation, with the evidence.
package struct TopicalArticle: Sendable, Equatable {
    package let id: String
    package let locale: String
    package let title: String
    /// The best matching passage.
    package let snippet: String
    /// How well the article matches the conversation.
    package let evidence: TopicCandidate
}

extension KnowledgeIndex {
    /// Compares the topic of a conversation with published, valid articles that the caller may see.
    ///
    /// - Parameters:
    ///   - passages: the utterances, oldest first; the newest has the highest weight.
    ///   - locale: the language of the conversation; articles in other languages are ignored.
    ///   - visibility: what the caller may see.
    ///   - now: the time, in microseconds since 1970.
    ///   - choose: receives the ids and evidence of the best matches, best first, and returns the positions of those to
    ///     show.
    /// - Returns: the chosen articles, in the order returned by `choose`.
    package func topics(
        _ passages: [TopicQuery.Passage],
        locale: String,
        visibility: ArticleVisibility,
        now: Int64,
        choose: ([(id: String, evidence: TopicCandidate)]) -> [Int]
    ) -> [TopicalArticle] {
        let query = TopicQuery(passages, locale: locale, filter: filter(visibility, tags: [], now: now))
        let hits = index.topics(query) { candidates in
            choose(candidates.map { (ArticleKey(text: $0.key)?.id ?? $0.key, $0) })
        }
        return hits.compactMap { hit in
            guard let key = ArticleKey(text: hit.candidate.key) else { return nil }
            return TopicalArticle(
                id: key.id,
                locale: hit.locale,
                title: hit.title,
                snippet: hit.snippet,
                evidence: hit.candidate
            )
        }
    }
}
