import Synchronization

/// An in-memory full-text index that can be searched while it changes.
///
/// Writers run one at a time. A reader takes the current snapshot and works on it without locks, so searches never wait
/// for changes, merges or saving. A search that starts after `apply` has returned sees its changes.
///
/// ## Topics
/// - Changing: ``apply(_:sequence:)``, ``maintain()``, ``setSynonyms(_:)``, ``setCompletionPhrases(_:)``
/// - Searching: ``search(_:)``, ``complete(_:limit:filter:locale:)``, ``topics(_:choose:)``
/// - Persistence: ``save(to:)``, ``load(from:tuning:synonyms:)``
package final class SearchIndex: Sendable {
    /// The constants of ranking.
    package let tuning: SearchTuning
    private let current: Mutex<IndexSnapshot>
    /// Serialises writers; the value is the set of segments that `maintain()` is merging.
    private let writing = Mutex<Set<ObjectIdentifier>>([])

    /// Creates an empty index.
    package convenience init(tuning: SearchTuning = .standard, synonyms: SynonymTable = SynonymTable()) {
        self.init(snapshot: IndexSnapshot(synonyms: synonyms), tuning: tuning)
    }

    init(snapshot: IndexSnapshot, tuning: SearchTuning) {
        self.tuning = tuning
        current = Mutex(snapshot)
    }

    /// The current snapshot.
    var snapshot: IndexSnapshot { current.withLock { $0 } }

    /// The number of documents that can be found.
    package var count: Int { snapshot.count }

    /// The sequence given with the last change.
    package var sequence: Int64 { snapshot.sequence }

    /// The size of the index.
    package var statistics: SearchStatistics {
        let snapshot = snapshot
        var result = SearchStatistics()
        for part in snapshot.parts {
            result.languages[part.language] = part.liveCount
            result.referenceLengths[part.language] = part.reference
            result.documents += part.liveCount
            for view in part.segments {
                result.removed += view.removed?.count ?? 0
                result.segments += 1
                result.terms += view.segment.terms.count
                result.postings += view.segment.blocks.impacts.count
                result.bytes += view.segment.byteCount
            }
        }
        return result
    }

    /// Applies changes in order and sets `sequence`; of several changes to one key the last counts.
    ///
    /// Cost: about 0.1 ms per document plus merging; batches of at least 1,000 documents are the most efficient.
    package func apply(_ changes: [SearchChange], sequence: Int64) {
        change { snapshot, busy in
            snapshot.sequence = sequence
            ChangeApplier(tuning: tuning, busy: busy).apply(changes, to: &snapshot)
            snapshot.compileSynonyms(anew: false)
        }
    }

    /// Performs one maintenance task: merging segments, reclaiming removed documents, or adjusting to new mean lengths.
    ///
    /// Call it after changes until it returns false, in the background: with 100,000 documents it may take several
    /// seconds. Neither readers nor other writers wait for it. While one call is running, others return false.
    @discardableResult
    package func maintain() -> Bool {
        let planned = writing.withLock { busy -> MergePlan? in
            guard busy.isEmpty else { return nil }
            let plan = snapshot.parts.lazy.compactMap(\.maintenance).first
            busy = plan?.segments ?? []
            return plan
        }
        guard let planned else { return false }
        let merged = planned.carriedOut(tuning: tuning)
        change { snapshot, busy in
            busy = []
            guard let index = snapshot.parts.firstIndex(where: { $0.language == planned.language }) else { return }
            snapshot.parts[index].install(merged, of: planned, tuning: tuning) {
                WordAnalyzer(language: planned.language)
            }
        }
        return true
    }

    /// Replaces the synonyms; searches that start later use them.
    package func setSynonyms(_ table: SynonymTable) {
        change { snapshot, _ in
            snapshot.synonyms = table
            snapshot.compileSynonyms(anew: true)
        }
    }

    /// Replaces the phrases offered as completions; the 10,000 with the largest weights are kept.
    package func setCompletionPhrases(_ phrases: [CompletionPhrase]) {
        let sorted = phrases.sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.text < $1.text }
        change { snapshot, _ in snapshot.phrases = Array(sorted.prefix(10_000)) }
    }

    private func change(_ body: (inout IndexSnapshot, inout Set<ObjectIdentifier>) -> Void) {
        writing.withLock { busy in
            var next = snapshot
            body(&next, &busy)
            current.withLock { $0 = next }
        }
    }
}

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

extension SearchIndex {
    /// Writes the index to a file; an existing file is replaced only when the new one is complete and synced to disk.
    ///
    /// Synonyms and completion phrases are not part of the file.
    /// - Throws: `SearchError` with `.inputOutput`, for example when the disk is full; the existing file then remains.
    package func save(to path: String) throws(SearchError) {
        try IndexFileWriter.write(snapshot, tuning: tuning, to: path)
    }

    /// Reads an index written by `save(to:)`, including its sequence.
    ///
    /// - Throws: `SearchError`: `.missing`, `.inputOutput`, `.damaged`, or `.otherVersion` when the format, the
    ///   analysis of words or the tuning of impacts differs; in each case rebuild the index.
    package static func load(
        from path: String,
        tuning: SearchTuning = .standard,
        synonyms: SynonymTable = SynonymTable()
    ) throws(SearchError) -> SearchIndex {
        var snapshot = try IndexFileReader.read(path, tuning: tuning)
        snapshot.synonyms = synonyms
        snapshot.compileSynonyms(anew: true)
        return SearchIndex(snapshot: snapshot, tuning: tuning)
    }
}

/// The size of an index.
package struct SearchStatistics: Sendable, Equatable {
    /// The number of documents that can be found.
    package var documents = 0
    /// The number of removed or replaced documents whose space is not yet reclaimed.
    package var removed = 0
    /// The number of segments.
    package var segments = 0
    /// The number of distinct terms, summed over segments.
    package var terms = 0
    /// The number of distinct pairs of term and document.
    package var postings = 0
    /// The size of the segments in bytes, including texts.
    package var bytes = 0
    /// The number of documents by primary language.
    package var languages: [String: Int] = [:]
    /// The mean number of words of each field with which lengths are normalised, by primary language.
    package var referenceLengths: [String: [Float]] = [:]
}
