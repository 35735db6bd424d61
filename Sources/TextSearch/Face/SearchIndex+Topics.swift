extension SearchIndex {
    /// Compares the documents that the filter admits with the topic of a conversation.
    ///
    /// Function words, small talk and bare numbers are ignored. `choose` receives the best matching documents, at most
    /// `SearchTuning.topicDepth`, by descending weight of the matching words, and returns the positions of those to
    /// show, in the order to show them. The caller decides whether a document matches well enough.
    ///
    /// Cost: as for a search for the twenty-four most significant words.
    package func topics(_ query: TopicQuery, choose: ([TopicCandidate]) -> [Int]) -> [TopicHit] {
        let snapshot = snapshot
        let language = Language.primary(of: query.locale)
        guard let part = snapshot.parts.first(where: { $0.language == language }) else { return [] }
        let analyzer = WordAnalyzer(language: language)
        let reader = PartReader(
            part: part,
            filter: query.filter,
            analyzer: analyzer,
            imagined: max(0, tuning.leastTopicDocuments - part.liveCount)
        )
        let planner = QueryPlanner(
            reader: reader,
            tuning: tuning,
            query: SearchQuery("", fuzzy: false),
            synonyms: snapshot.compiledSynonyms[language]
        )
        let topic = TopicPlanner(planner: planner, tuning: tuning).plan(query.passages)
        guard !topic.plan.slots.isEmpty else { return [] }
        let comparison = TopicComparison(reader: reader, topic: topic, tuning: tuning)
        let found = comparison.nearest(tuning.topicDepth)
        let chosen = choose(found.map(\.candidate)).filter(found.indices.contains)
        let maker = HitMaker(reader: reader, plan: topic.plan, query: SearchQuery(""))
        return chosen.map { place in
            let hit = maker.hit(found[place].ranked)
            return TopicHit(
                candidate: found[place].candidate,
                locale: hit.locale,
                title: hit.title.text,
                snippet: hit.snippet.text
            )
        }
    }

    /// The stems of the significant words of a text: all but function words, small talk and bare numbers.
    ///
    /// For comparing short texts with each other, independently of the documents in an index.
    package static func tellingStems(of text: String, locale: String) -> [String] {
        let analyzer = WordAnalyzer(language: Language.primary(of: locale))
        return ParsedQuery.words(of: text, analyzer).filter(\.isTelling).map(\.forms.term)
    }
}
