extension SearchIndex {
    /// Searches the documents that the query's filter admits.
    ///
    /// A query with a locale searches that language; if it finds nothing there, it tries English and then the other
    /// languages by size, until one has hits. Hits are ordered by descending score, then by ascending key. Any text is
    /// a valid query.
    package func search(_ query: SearchQuery) -> SearchResults {
        let snapshot = snapshot
        guard let locale = query.locale else { return merged(query, snapshot) }
        let wanted = Language.primary(of: locale)
        for part in Self.ordered(snapshot.parts, first: wanted) {
            var results = search(query, snapshot, part)
            guard !results.hits.isEmpty || (part.language == wanted && query.offset > 0) else { continue }
            if part.language != wanted { results.fellBackToLocale = part.language }
            return results
        }
        return SearchResults()
    }

    static func ordered(_ parts: [LanguagePart], first wanted: String) -> [LanguagePart] {
        func rank(_ part: LanguagePart) -> Int { part.language == wanted ? 0 : part.language == "en" ? 1 : 2 }
        return parts.sorted { left, right in
            if rank(left) != rank(right) { return rank(left) < rank(right) }
            return left.liveCount != right.liveCount
                ? left.liveCount > right.liveCount : left.language < right.language
        }
    }

    private func merged(_ query: SearchQuery, _ snapshot: IndexSnapshot) -> SearchResults {
        if snapshot.parts.count == 1 { return search(query, snapshot, snapshot.parts[0]) }
        var all = query
        all.offset = 0
        all.limit = min(max(0, query.limit), 1_000) + min(max(0, query.offset), 10_000)
        var result = SearchResults()
        for part in snapshot.parts {
            let found = search(all, snapshot, part)
            result.hits += found.hits
            if result.corrections.isEmpty { result.corrections = found.corrections }
        }
        result.hits.sort { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }
        result.hits = Array(result.hits.dropFirst(max(0, query.offset)).prefix(max(0, query.limit)))
        return result
    }

    private func search(_ query: SearchQuery, _ snapshot: IndexSnapshot, _ part: LanguagePart) -> SearchResults {
        let analyzer = WordAnalyzer(language: part.language)
        let reader = PartReader(part: part, filter: query.filter, analyzer: analyzer)
        let parsed = ParsedQuery(query.text, analyzer: analyzer)
        let planner = QueryPlanner(
            reader: reader,
            tuning: tuning,
            query: query,
            synonyms: snapshot.compiledSynonyms[part.language]
        )
        let plan = planner.plan(parsed)
        let limit = min(max(0, query.limit), 1_000)
        let offset = min(max(0, query.offset), 10_000)
        let found = PartSearch(reader: reader, plan: plan, tuning: tuning)
        let best = found.best(max(tuning.rerankDepth, limit + offset))
        let ranked = Reranker(reader: reader, plan: plan, tuning: tuning).rank(best)
        let maker = HitMaker(reader: reader, plan: plan, query: query)
        let hits = ranked.dropFirst(offset).prefix(limit).map { maker.hit($0) }
        return SearchResults(hits: hits, corrections: plan.corrections)
    }
}
