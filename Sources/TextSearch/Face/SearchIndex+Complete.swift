extension SearchIndex {
    /// Completes the text typed so far.
    ///
    /// The result lists first the phrases set by ``setCompletionPhrases(_:)``, then titles and keywords that begin with
    /// the text, then completions of its last word, then titles that contain all its words. Only content of documents
    /// admitted by the filter is offered; a phrase requires that each of its words occurs in one of them.
    package func complete(
        _ prefix: String,
        limit: Int = 10,
        filter: SearchFilter = SearchFilter(),
        locale: String? = nil
    ) -> [SearchCompletion] {
        let snapshot = snapshot
        let wanted = locale.map { Language.primary(of: $0) }
        let parts = snapshot.parts.filter { wanted == nil || $0.language == wanted }
        let chosen = parts.isEmpty ? snapshot.parts : parts
        let typed = String(prefix.prefix(200))
        var collector = CompletionCollector(limit: min(max(0, limit), 100))
        let makers = chosen.prefix(8).map { part in
            let reader = PartReader(part: part, filter: filter, analyzer: WordAnalyzer(language: part.language))
            return CompletionMaker(reader: reader, tuning: tuning, typed: typed)
        }
        for maker in makers { maker.addPhrases(snapshot.phrases, language: wanted, to: &collector) }
        for maker in makers { maker.addTitles(beginning: true, to: &collector) }
        for maker in makers { maker.addWords(to: &collector) }
        for maker in makers { maker.addTitles(beginning: false, to: &collector) }
        return collector.completions
    }
}
