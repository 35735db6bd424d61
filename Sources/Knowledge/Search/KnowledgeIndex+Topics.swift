package import TextSearch

/// A published article beside what is being talked about, with what it is shown by.
package struct TopicalArticle: Sendable, Equatable {
    /// The article.
    package let id: String
    /// Its language.
    package let locale: String
    /// Its title.
    package let title: String
    /// The passage that answers best.
    package let snippet: String
    /// How far the article agrees with the talk.
    package let evidence: TopicCandidate
}

extension KnowledgeIndex {
    /// Compares published, valid articles that the caller may see with what is being talked about.
    ///
    /// - Parameters:
    ///   - passages: what was said, oldest first, the newest weighing most.
    ///   - locale: the language of the talk; articles in other languages are left out.
    ///   - visibility: who is shown the articles.
    ///   - now: the time, in microseconds since 1970.
    ///   - choose: gets ids and evidence of the nearest articles, best first, and names the places of those to show.
    /// - Returns: the chosen articles, in the order of the choice.
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
