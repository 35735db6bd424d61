package import Storage
import Synchronization
package import TextSearch
import Vocabulary

/// The search index over published articles, in memory; it can be searched concurrently while it follows the store.
///
/// The store is the source of truth: the index reads the articles named in the change sequence, whichever process wrote
/// them. A saved copy only saves the time to rebuild it.
///
/// ## Topics
/// - ``search(_:visibility:now:)``
/// - ``catchUp()``, ``embedNext(on:encodes:now:)``
/// - ``neighbours(of:limit:locale:visibility:now:)``, ``learnNext(on:)``
/// - ``save()``
package final class KnowledgeIndex: Sendable {
    private struct Known {
        /// The distinct restrictions of the articles, by their textual form.
        var restrictions: [String: [AttributeCondition]] = [:]
        /// The content of every article in the index, by ``ArticleKey/text``.
        var contents: [String: ArticleContent] = [:]
    }

    private static let batch = 2_000
    let store: Store?
    private let savedPath: String?
    let index: SearchIndex
    /// The articles by their meaning; nil without a model.
    package let meaning: MeaningIndex?
    /// What was said before articles were used; nil without a model.
    let precedents: PrecedentIndex?
    private let known: Mutex<Known>
    private let savedSequence: Mutex<Int64>
    private let following = AsyncLock()
    private let embedding = AsyncLock()

    /// Loads the saved index if it is intact and belongs to this store, or starts with an empty one; then catches up.
    ///
    /// - Parameters:
    ///   - store: the store to follow.
    ///   - savedPath: where the index is saved between runs; nil keeps it in memory only.
    ///   - encoder: the model for what articles mean; nil for words alone. What it has not encoded yet waits for
    ///     ``embedNext(on:encodes:now:)``.
    /// - Throws: the store's error; a saved index that cannot be used is ignored.
    package init(store: Store, savedPath: String?, encoder: PassageEncoder? = nil) throws {
        self.store = store
        self.savedPath = savedPath
        let loading = encoder.flatMap { encoder in
            savedPath.map { path in ThreadedValue { MeaningIndex.load(from: path, encoder: encoder) } }
        }
        let newest = try store.readNow { try Store.current(Store.changeCounter, in: $0) }
        let saved = savedPath.flatMap { try? SearchIndex.load(from: $0) }
        let index = saved.flatMap { $0.sequence <= newest ? $0 : nil } ?? SearchIndex()
        self.index = index
        savedSequence = Mutex(index.sequence)
        let sequence = index.sequence
        self.known = Mutex(sequence > 0 ? try store.readNow(Self.known) : Known())
        meaning = encoder.map { loading?.value ?? MeaningIndex(encoder: $0) }
        precedents = meaning.map(PrecedentIndex.init)
        var hasChanged = false
        while try store.readNow(applyNextBatch) { hasChanged = true }
        if hasChanged { maintain() }
        meaning?.reconcile(self.known.withLock { $0.contents })
        if let precedents { try store.readNow(precedents.follow) }
    }

    /// An index over one document's articles, without a store; for benchmarks.
    ///
    /// - Throws: ``KnowledgeError`` `unreadable` at the first record that is not a valid article.
    package static func inMemory(articlesAt path: String) throws -> KnowledgeIndex {
        let result = KnowledgeIndex()
        let reader = ArticleReader(.file(path: path))
        var changes: [SearchChange] = []
        while let outcome = reader.next() {
            switch outcome {
            case .article(let article, _):
                changes.append(result.upsert(article, ArticleContent(version: 1, sha256: "")))
            case .failure(let failure): throw KnowledgeError(.unreadable, "\(path):\(failure.line): \(failure.error)")
            case .skipped: continue
            }
            if changes.count == batch {
                result.index.apply(changes, sequence: 1)
                changes = []
            }
        }
        result.index.apply(changes, sequence: 1)
        result.maintain()
        return result
    }

    private init() {
        (store, savedPath, index, meaning, precedents) = (nil, nil, SearchIndex(), nil, nil)
        known = Mutex(Known())
        savedSequence = Mutex(0)
    }

    private static func known(in transaction: ReadTransaction) throws -> Known {
        var known = Known()
        for (text, conditions) in try KnowledgeBase.restrictions(in: transaction) {
            known.restrictions[text] = conditions
        }
        try transaction.forEach(
            "SELECT id, locale, version, sha256 FROM articles WHERE status = 'published'"
        ) { row in
            let key = ArticleKey(id: try row.text("id"), locale: try row.text("locale")).text
            known.contents[key] = ArticleContent(
                version: try row.integer("version"),
                sha256: try row.text("sha256")
            )
        }
        return known
    }

    /// The number of articles in the index.
    package var count: Int { index.count }

    /// The position in the change sequence up to which the index has followed the store.
    package var sequence: Int64 { index.sequence }

    /// Applies every change committed before the call.
    ///
    /// Searches continue meanwhile.
    ///
    /// - Returns: whether there were any.
    @discardableResult
    package func catchUp() async throws -> Bool {
        guard let store else { return false }
        return try await following.run {
            var hasChanged = false
            while try await store.read({ try self.applyNextBatch(in: $0) }) { hasChanged = true }
            if let precedents { try await store.read(precedents.follow) }
            return hasChanged
        }
    }

    /// Merges the segments that changes have produced until no merge is due.
    ///
    /// Searches and changes continue meanwhile. With 100,000 articles it takes up to several seconds, so call it in the
    /// background.
    package func maintain() {
        while index.maintain() {}
    }

    /// Applies the next changes; returns false when there are none.
    private func applyNextBatch(in transaction: ReadTransaction) throws -> Bool {
        let after = index.sequence
        if let gap = try Store.gap(of: Store.changeCounter, at: after, in: transaction) {
            try goBack(to: gap, in: transaction)
            return true
        }
        var (changes, sequence): ([SearchChange], Int64) = ([], after)
        let keys = try Store.changes(after: after, topic: ArticleTable.topic, limit: Self.batch, in: transaction)
        for (text, position) in keys {
            changes.append(try change(of: text, in: transaction))
            sequence = position
        }
        guard !changes.isEmpty else { return false }
        // First what they mean, so that nothing is found by it that is not in the index of words.
        if let meaning { for (text, _) in keys { meaning.follow(text, content(of: text)) } }
        index.apply(changes, sequence: sequence)
        return true
    }

    /// Compares with all articles, because the store has lost changes that were followed: it has gone back to an earlier time.
    private func goBack(to gap: Store.Gap, in transaction: ReadTransaction) throws {
        let stored = try Self.known(in: transaction).contents
        let mine = known.withLock { $0.contents }
        let different = Set(stored.keys).union(mine.keys).filter { stored[$0] != mine[$0] }.sorted()
        for start in stride(from: 0, to: different.count, by: Self.batch) {
            let keys = different[start..<min(start + Self.batch, different.count)]
            let changes = try keys.map { try change(of: $0, in: transaction) }
            if let meaning { for key in keys { meaning.follow(key, content(of: key)) } }
            // Nothing is done twice but in vain, if this is broken off.
            index.apply(changes, sequence: index.sequence)
        }
        index.apply([], sequence: gap.firstNew)
    }

    private func change(of text: String, in transaction: some SQLReading) throws -> SearchChange {
        guard let key = ArticleKey(text: text), let stored = try ArticleTable.article(key, in: transaction),
            stored.article.status == .published
        else {
            _ = known.withLock { $0.contents.removeValue(forKey: text) }
            return .remove(key: text)
        }
        let boost = try KnowledgeBase.boost(of: key, in: transaction)
        let content = ArticleContent(version: stored.version, sha256: stored.sha256)
        return upsert(stored.article, content, boost: boost)
    }

    private func upsert(_ article: Article, _ content: ArticleContent, boost: Float = 1) -> SearchChange {
        let key = ArticleKey(id: article.id, locale: article.locale).text
        let restriction = article.restriction
        known.withLock { known in
            known.contents[key] = content
            if known.restrictions[restriction] == nil { known.restrictions[restriction] = article.restrict }
        }
        return .upsert(SearchDocument(article, key: key, boost: boost))
    }

    /// Does one step of embedding articles in the background, if there is a model; see ``MeaningIndex``.
    ///
    /// A step takes about a second of each thread when there is something to encode. Searches and changes continue
    /// meanwhile.
    ///
    /// - Parameters:
    ///   - threads: where texts are encoded.
    ///   - encodes: whether passages without vectors are encoded here; else articles wait until another server has stored theirs.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: whether there was anything to do.
    /// - Throws: the store's error; what was not stored is encoded again by the next step.
    @discardableResult
    package func embedNext(
        on threads: some BackgroundThreads,
        encodes: Bool = true,
        now: Int64
    ) async throws -> Bool {
        guard let meaning, let store else { return false }
        return try await embedding.run {
            try await meaning.step(
                in: store,
                on: threads,
                encodes: encodes,
                now: now,
                enter: { body in await following.run { body() } },
                current: { [self] in content(of: $0) }
            )
        }
    }

    /// Does one step of encoding what was said before articles were used, if there is a model.
    ///
    /// A step takes a fraction of a second of one thread when there is something to encode.
    ///
    /// - Returns: whether there was anything to do.
    /// - Throws: the store's error; what was not stored is encoded again by the next step.
    @discardableResult
    package func learnNext(on threads: some BackgroundThreads) async throws -> Bool {
        guard let precedents, let store else { return false }
        guard try await embedding.run({ try await precedents.step(in: store, on: threads) }) else { return false }
        try await following.run { try await store.read(precedents.follow) }
        return true
    }

    /// Deletes the vectors from the store that no published article has any more, once every article has its own.
    ///
    /// - Parameters:
    ///   - others: the identities of models that other servers use, whose vectors stay.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: how many; nil if articles still wait for theirs.
    /// - Throws: the store's error.
    @discardableResult
    package func sweepVectors(sparing others: Set<String> = [], now: Int64) async throws -> Int? {
        guard let meaning, let store else { return nil }
        return try await embedding.run { try await meaning.sweep(store, sparing: others, now: now) }
    }

    /// Measures the time of each query as a caller sees it, with snippets, after twenty warm-up queries.
    ///
    /// - Parameters:
    ///   - set: the name in the report.
    ///   - queries: the queries.
    ///   - visibility: what the caller may see.
    ///   - now: the time, in microseconds since 1970.
    ///   - clock: a monotonic clock in nanoseconds.
    /// - Returns: the percentiles of the times.
    /// - Throws: as a search does.
    package func benchmark(
        set: String,
        queries: [KnowledgeQuery],
        visibility: ArticleVisibility,
        now: Int64,
        clock: () -> UInt64
    ) throws(KnowledgeError) -> SearchBenchmark.Report {
        try SearchBenchmark.run(set: set, queries: queries, clock: clock) { query throws(KnowledgeError) in
            let results = try search(query, visibility: visibility, now: now)
            precondition(results.hits.count <= query.limit, "an answer is never longer than asked for")
        }
    }

    func searchQuery(_ query: KnowledgeQuery, visibility: ArticleVisibility, now: Int64) -> SearchQuery {
        var wanted = SearchQuery(
            query.text,
            locale: query.locale,
            limit: query.limit,
            offset: query.offset,
            filter: filter(visibility, tags: query.tags, now: now)
        )
        wanted.prefix = query.prefix
        wanted.fuzzy = query.fuzzy
        wanted.explain = query.explain
        return wanted
    }

    /// Completes a partially typed query from articles that the caller may see.
    package func complete(
        _ prefix: String,
        locale: String,
        limit: Int,
        visibility: ArticleVisibility,
        now: Int64
    ) -> [String] {
        index.complete(prefix, limit: limit, filter: filter(visibility, tags: [], now: now), locale: locale).map(\.text)
    }

    /// The content of an article in the index; nil if it is not indexed.
    func content(of key: String) -> ArticleContent? { known.withLock { $0.contents[key] } }

    func filter(_ visibility: ArticleVisibility, tags: [String], now: Int64) -> SearchFilter {
        var clauses: [SearchFilter.Clause] = []
        if visibility.audiences.count < ArticleAudience.allCases.count {
            clauses.append(.anyOf(visibility.audiences.map { ArticleLabel.audience($0) }.sorted()))
        }
        if !visibility.isExemptFromRestrictions {
            // Allowed restrictions are listed one by one, so that an article with a restriction unknown here stays
            // hidden.
            let restrictions = known.withLock { $0.restrictions }
            let met = restrictions.filter { visibility.meets($0.value) }.keys.sorted()
            clauses.append(.anyOf(met.map(ArticleLabel.restriction)))
        }
        for tag in tags { clauses.append(.anyOf([ArticleLabel.tag(tag)])) }
        return SearchFilter(clauses, asOf: now)
    }

    /// Replaces the synonyms; searches that start later use them.
    package func setSynonyms(_ table: SynonymTable) { index.setSynonyms(table) }

    /// Replaces the phrases offered as completions in addition to titles and keywords.
    package func setCompletionPhrases(_ phrases: [CompletionPhrase]) { index.setCompletionPhrases(phrases) }

    /// Saves the index if it has changed since it was last loaded or saved.
    ///
    /// It takes up to seconds with 100,000 articles and their vectors.
    package func save() throws {
        guard let savedPath else { return }
        try meaning?.save(to: savedPath)
        try savedSequence.withLock { saved in
            let sequence = index.sequence
            guard sequence != saved else { return }
            try index.save(to: savedPath)
            saved = sequence
        }
    }
}
