import Storage
import Synchronization
import TextSearch
import VectorIndex
import Vocabulary

/// Where work is done that takes long and may wait: threads of low priority, and never those of requests.
package protocol BackgroundThreads: Sendable {
    /// How many bodies run at the same time.
    var count: Int { get }

    /// Runs a body on one of the threads.
    func run<T: Sendable>(_ body: @Sendable @escaping () -> T) async -> T
}

/// Making vectors.
extension MeaningIndex {
    /// Articles that are read at a time to count their passages.
    private static let countedAtOnce = 256
    /// Passages that are looked up at a time in the store, and entered together.
    private static let lookedUpAtOnce = 512
    /// The same while another server encodes them.
    private static let awaitedAtOnce = 128
    /// Passages that one thread encodes before they are stored: about a second's work.
    private static let encodedAtOnce = 64

    /// An article whose vectors are being made.
    private struct Staged: Sendable {
        let key: String
        let content: ArticleContent
        let labels: [String]
        let validFrom: Int64
        let validUntil: Int64
        let passages: [(hash: String, text: String, place: FieldRange)]
    }

    private struct Batch: Sendable {
        var articles: [Staged] = []
        /// The articles that need no vectors any more.
        var gone: [String] = []
        /// Vectors by the hash of their text.
        var vectors: [String: [Int8]] = [:]
        /// The texts that have none, by hash, in the order in which they are encoded.
        var missing: [(hash: String, text: String)] = []
    }

    /// Does one step of what is to be done: counts passages, makes the vectors of some articles and enters them, or takes
    /// vectors out that nothing has any more.
    ///
    /// Steps run one after the other. What a step has encoded is in the store before it is in the index, so that a program
    /// that ends in between encodes nothing twice.
    ///
    /// - Parameters:
    ///   - store: where articles and vectors are.
    ///   - threads: where texts are encoded and vectors change.
    ///   - encodes: whether what has no vector is encoded here; else it waits until another server has stored it.
    ///   - now: the time, in microseconds since 1970.
    ///   - enter: runs a body while the index of words changes nothing.
    ///   - current: the content of an article in the index of words; nil if it has none.
    /// - Returns: whether there was anything to do.
    /// - Throws: the store's error; what was to be done still is.
    func step(
        in store: Store,
        on threads: some BackgroundThreads,
        encodes: Bool,
        now: Int64,
        enter: (@Sendable () -> Void) async -> Void,
        current: @Sendable @escaping (String) -> ArticleContent?
    ) async throws -> Bool {
        if try await countPassages(in: store) { return true }
        let keys = state.withLock { $0.queue.next(passages: encodes ? Self.lookedUpAtOnce : Self.awaitedAtOnce) }
        guard !keys.isEmpty else { return await takeOut(on: threads) }
        var batch = try await store.read { [self] in
            try self.batch(keys, threads: threads.count, encodes: encodes, in: $0)
        }
        guard encodes || !batch.articles.isEmpty || !batch.gone.isEmpty else { return await takeOut(on: threads) }
        try await encode(&batch, in: store, on: threads, now: now)
        let staged = batch.articles
        let numbers = await addVectors(of: batch, on: threads)
        await enter { [self, gone = batch.gone] in
            state.withLock { state in
                // An article that has been published again meanwhile goes on waiting.
                for key in gone where current(key) == nil { state.queue.remove(key) }
                for (article, numbers) in zip(staged, numbers) {
                    self.enter(article, numbers, in: &state, isCurrent: current(article.key) == article.content)
                }
            }
        }
        return true
    }

    private func countPassages(in store: Store) async throws -> Bool {
        let keys = state.withLock { $0.queue.takeUncounted(Self.countedAtOnce) }
        guard !keys.isEmpty else { return false }
        let counts = try await store.read { transaction in
            try keys.map { key in
                try ArticleKey(text: key).flatMap { try ArticleTable.article($0, in: transaction) }?.article.passages
                    .count ?? 0
            }
        }
        state.withLock { state in
            for (key, count) in zip(keys, counts) { state.queue.note(count, of: key) }
        }
        return true
    }

    /// Reads articles with their passages and what vectors there are, until enough lack theirs.
    private func batch(
        _ keys: [String],
        threads: Int,
        encodes: Bool,
        in transaction: ReadTransaction
    ) throws -> Batch {
        let model = try PassageTable.model(encoder.identity, in: transaction)
        var batch = Batch()
        var missing: Set<String> = []
        for key in keys where batch.missing.count < Self.encodedAtOnce * threads {
            guard let id = ArticleKey(text: key), let stored = try ArticleTable.article(id, in: transaction),
                stored.article.status == .published
            else {
                batch.gone.append(key)
                continue
            }
            let passages = stored.article.passages.map { (hash: $0.sha256, text: $0.text, place: $0.place) }
            var isComplete = true
            for (hash, text, _) in passages where batch.vectors[hash] == nil && !missing.contains(hash) {
                let known = try model.flatMap {
                    try PassageTable.vector(hash, model: $0, dimension: encoder.dimension, in: transaction)
                }
                if let known {
                    batch.vectors[hash] = known
                } else if !encodes {
                    isComplete = false
                    break
                } else {
                    missing.insert(hash)
                    batch.missing.append((hash, text))
                }
            }
            guard isComplete else { continue }
            batch.articles.append(
                Staged(
                    key: key,
                    content: ArticleContent(version: stored.version, sha256: stored.sha256),
                    labels: stored.article.labels + [Self.languageLabel(id.locale)],
                    validFrom: stored.article.validFrom ?? .min,
                    validUntil: stored.article.validUntil ?? .max,
                    passages: passages
                )
            )
        }
        return batch
    }

    /// Encodes what lacks its vector, on all threads, and stores it.
    private func encode(
        _ batch: inout Batch,
        in store: Store,
        on threads: some BackgroundThreads,
        now: Int64
    ) async throws {
        let missing = batch.missing
        guard !missing.isEmpty else { return }
        let share = (missing.count + threads.count - 1) / threads.count
        let starts = Array(stride(from: 0, to: missing.count, by: share))
        let parts = await withTaskGroup(of: (Int, [[Int8]]).self) { group in
            for start in starts {
                let texts = missing[start..<min(start + share, missing.count)].map(\.text)
                group.addTask { [encoder] in
                    let vectors = await threads.run {
                        encoder.quantized(texts, as: .passage)
                    }
                    return (start, vectors)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let vectors = parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
        let rows = zip(missing, vectors).map { (sha256: $0.0.hash, vector: $0.1) }
        try await store.write(durability: .process) { [encoder] transaction in
            let model = try PassageTable.enter(encoder, in: transaction)
            try PassageTable.insert(rows, model: model, now: now, in: transaction)
        }
        for (hash, vector) in rows { batch.vectors[hash] = vector }
    }

    /// Adds the vectors of a batch to the index, under new numbers that belong to no article yet.
    ///
    /// It may take seconds, whenever the number of vectors has doubled.
    private func addVectors(of batch: Batch, on threads: some BackgroundThreads) async -> [[UInt32]] {
        let (numbers, obsolete) = state.withLock { state in
            let numbers = batch.articles.map { state.directory.allocate($0.passages.count) }
            defer { state.obsolete = [] }
            return (numbers, state.obsolete)
        }
        var changes = obsolete.map { VectorIndex.Change.remove($0) }
        for (article, numbers) in zip(batch.articles, numbers) {
            for (passage, number) in zip(article.passages, numbers) {
                changes.append(.insert(number, (batch.vectors[passage.hash] ?? []).map(Float.init)))
            }
        }
        await apply(changes, releasing: obsolete, on: threads)
        return numbers
    }

    private func takeOut(on threads: some BackgroundThreads) async -> Bool {
        let obsolete = state.withLock { state in
            defer { state.obsolete = [] }
            return state.obsolete
        }
        guard !obsolete.isEmpty else { return false }
        await apply(obsolete.map { .remove($0) }, releasing: obsolete, on: threads)
        return true
    }

    private func apply(
        _ changes: [VectorIndex.Change],
        releasing numbers: [UInt32],
        on threads: some BackgroundThreads
    ) async {
        await threads.run { [self] in
            writing.withLock { _ in
                vectors.apply(changes)
                state.withLock { $0.directory.release(numbers) }
            }
        }
    }

    /// Enters an article, unless it has changed since it was read: then it waits already, with its new content.
    private func enter(_ article: Staged, _ numbers: [UInt32], in state: inout State, isCurrent: Bool) {
        guard isCurrent, state.directory.article(article.key) == nil else {
            state.obsolete += numbers
            return
        }
        state.queue.remove(article.key)
        let traits = PassageFilters.Traits(
            labels: article.labels.map { state.directory.number(ofLabel: $0) },
            validFrom: article.validFrom,
            validUntil: article.validUntil
        )
        let rows = article.passages.map { passage in
            PassageDirectory.Row(place: passage.place, hash: PassageSweep.beginning(of: passage.hash))
        }
        state.directory.insert(
            .init(key: article.key, content: article.content, traits: traits, passages: numbers),
            rows
        )
    }
}
