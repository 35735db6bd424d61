extension SearchIndex {
    /// Compares documents that the filter admits with what is being talked about.
    ///
    /// Function words, small talk and bare numbers carry nothing. `choose` gets the nearest documents, at most
    /// `SearchTuning.topicDepth`, best first by the weight of their words, and names the places of those to show, in
    /// the order it wants them. Whether a document is near enough is for the caller to say.
    ///
    /// Cost: as a search for the twenty-four most telling words.
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

    /// The telling words of a text in a language, as their stems: no function words, small talk or bare numbers.
    ///
    /// For comparing short texts with each other; the documents of the index play no part.
    package static func tellingStems(of text: String, locale: String) -> [String] {
        let analyzer = WordAnalyzer(language: Language.primary(of: locale))
        return ParsedQuery.words(of: text, analyzer).filter(\.isTelling).map(\.forms.term)
    }
}
