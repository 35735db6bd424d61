import SentenceEncoder
import Storage
import Synchronization
import TextSearch
import VectorIndex
import Vocabulary

/// The precedents in memory, by what their words mean: which articles were used after words like these.
///
/// It follows the table (``PrecedentTable``), whichever process changes it. Words are encoded in the background
/// (``step(in:on:)``), never while somebody waits; until then they count for nothing, and so do those that another model has
/// encoded. Texts are not in memory.
///
/// What a caller may not see is excluded before anything is compared: precedents of articles that ``MeaningIndex`` does not
/// find for the caller's filter, and those that count for another audience. Every vector of the rest is compared.
final class PrecedentIndex: Sendable {
    /// The neighbours that are weighed; more than the precedents that one person can have, so that nobody crowds out others.
    static let neighbours = 1_024
    /// Rows that are read at a time.
    private static let batch = 500
    /// Texts that are encoded at a time: a fraction of a second's work.
    private static let encodedAtOnce = 32

    private struct Row {
        let id: Int64
        let article: Int
        let person: Int32
        let audience: ArticleAudience
        let at: Int64
        let uses: Int
        let opens: Int
    }

    private struct State {
        /// The rows with vectors, by the number of their vector.
        var rows: [Row?] = []
        var free: [UInt32] = []
        var numbers: [Int64: UInt32] = [:]
        /// The ids of rows whose words have no vector of this model.
        var waiting: Set<Int64> = []
        /// The ids of rows in other languages.
        var ignored: Set<Int64> = []
        /// The keys of articles by their number.
        var articles: [String] = []
        var articleNumbers: [String: Int] = [:]
        var persons: [String: Int32] = [:]
        var sequence: Int64 = 0
        /// A passage of each article, by which is told whether a caller may see it; nil for those that are not embedded.
        var anchors: [UInt32?] = []
        /// The change of the directory of passages at which the anchors were looked up.
        var anchoredAt: UInt64?

        var count: Int { numbers.count + waiting.count + ignored.count }

        mutating func article(_ key: String) -> Int {
            if let known = articleNumbers[key] { return known }
            articles.append(key)
            articleNumbers[key] = articles.count - 1
            return articles.count - 1
        }

        mutating func person(_ hash: String) -> Int32 {
            if let known = persons[hash] { return known }
            persons[hash] = Int32(persons.count)
            return Int32(persons.count - 1)
        }

        /// Takes a row out; returns the number of its vector if it had one.
        mutating func remove(_ id: Int64) -> UInt32? {
            waiting.remove(id)
            ignored.remove(id)
            guard let number = numbers.removeValue(forKey: id) else { return nil }
            rows[Int(number)] = nil
            return number
        }

        mutating func allocate() -> UInt32 {
            if let number = free.popLast() { return number }
            rows.append(nil)
            return UInt32(rows.count - 1)
        }
    }

    let rules = Mutex(LearningRules())
    private let meaning: MeaningIndex
    private let vectors: VectorIndex
    private let state = Mutex(State())

    /// An empty index beside that of the articles, whose encoder it uses.
    init(meaning: MeaningIndex) {
        self.meaning = meaning
        vectors = VectorIndex(dimension: meaning.encoder.dimension)
    }

    /// The number of precedents that count, and of those that wait for their vector.
    var progress: (encoded: Int, waiting: Int) { state.withLock { ($0.numbers.count, $0.waiting.count) } }
}

/// Following the table.
extension PrecedentIndex {
    /// Applies what has changed since the last call.
    ///
    /// Cost: one count of the rows if nothing has.
    func follow(in transaction: ReadTransaction) throws {
        let model = try PassageTable.model(meaning.encoder.identity, in: transaction)
        if try PrecedentTable.hasLost(state.withLock { $0.sequence }, in: transaction) {
            // All are read again; those that are no more are found below.
            state.withLock { $0.sequence = 0 }
        }
        while true {
            let after = state.withLock { $0.sequence }
            let rows = try PrecedentTable.rows(after: after, limit: Self.batch, in: transaction)
            guard !rows.isEmpty else { break }
            apply(rows, model: model)
        }
        // Everything that was added is known by now, so that a difference means that something was deleted.
        let count = try PrecedentTable.count(in: transaction)
        guard count != state.withLock({ $0.count }) else { return }
        let present = try PrecedentTable.ids(in: transaction)
        let gone = state.withLock { state in
            let known = Set(state.numbers.keys).union(state.waiting).union(state.ignored)
            return known.subtracting(present).sorted().compactMap { state.remove($0) }
        }
        release(gone)
    }

    private func apply(_ rows: [PrecedentTable.Row], model: Int64?) {
        var changes: [VectorIndex.Change] = []
        var gone: [UInt32] = []
        state.withLock { state in
            for row in rows {
                state.sequence = row.sequence
                if let number = state.remove(row.id) { gone.append(number) }
                guard meaning.encoder.languages.contains(row.language) else {
                    state.ignored.insert(row.id)
                    continue
                }
                guard row.model == model, row.vector.count == vectors.dimension else {
                    state.waiting.insert(row.id)
                    continue
                }
                let number = state.allocate()
                state.numbers[row.id] = number
                state.rows[Int(number)] = Row(
                    id: row.id,
                    article: state.article(row.key.text),
                    person: state.person(row.person),
                    audience: row.audience,
                    at: row.at,
                    uses: row.uses,
                    opens: row.opens
                )
                changes.append(.insert(number, row.vector.map { Float(Int8(bitPattern: $0)) }))
            }
        }
        vectors.apply(changes)
        release(gone)
    }

    /// Takes vectors out, and gives their numbers back after that.
    private func release(_ numbers: [UInt32]) {
        guard !numbers.isEmpty else { return }
        vectors.apply(numbers.map { .remove($0) })
        state.withLock { $0.free += numbers }
    }

    /// Encodes some of the words that have no vector, and stores what it made.
    ///
    /// - Returns: whether there was anything to do.
    /// - Throws: the store's error; what was not stored still waits.
    func step(in store: Store, on threads: some BackgroundThreads) async throws -> Bool {
        let ids = state.withLock { Array($0.waiting.sorted().prefix(Self.encodedAtOnce)) }
        guard !ids.isEmpty else { return false }
        let words = try await store.read { try PrecedentTable.texts(of: ids, in: $0) }
        let vectors = await threads.run { [meaning] in
            meaning.encoder.encode(words.map(\.text), as: .query).map { QuantizedEmbedding($0).values }
        }
        let rows = zip(words, vectors).map { (id: $0.0.id, vector: $0.1) }
        try await store.write(durability: .process) { [meaning] transaction in
            let model = try PassageTable.enter(meaning.encoder, in: transaction)
            try PrecedentTable.store(rows, model: model, in: transaction)
        }
        state.withLock { $0.waiting.subtract(ids) }
        // They are counted as missing until the table is followed, which the caller does next.
        return true
    }
}

/// Asking.
extension PrecedentIndex {
    /// A precedent that is close to some words.
    struct Neighbour {
        let id: Int64
        /// The ``ArticleKey/text`` of its article.
        let key: String
        let similarity: Double
        let uses: Int
        let opens: Int
    }

    /// What precedents say for articles after words with these vectors, by the keys of the articles; the strongest counts where
    /// several vectors are given.
    ///
    /// Cost: nothing without precedents; half a millisecond for each vector with 20,000.
    ///
    /// - Parameters:
    ///   - words: vectors of the encoder.
    ///   - filter: what the caller may see, in one language.
    ///   - audiences: those that the caller belongs to.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the evidence for those articles that are lifted.
    func evidence(
        after words: [[Float]],
        filter: SearchFilter,
        audiences: Set<ArticleAudience>,
        now: Int64
    ) -> [String: UseEvidence] {
        let rules = rules.withLock { $0 }
        guard let seen = visible(filter, audiences) else { return [:] }
        let tally = PrecedentTally(rules: rules, now: now)
        var result: [String: UseEvidence] = [:]
        for vector in words {
            let near = matches(vector, count: Self.neighbours, among: seen)
                .prefix { Double($0.score) > rules.similarFrom }
            let precedents = near.map { row, score in
                PrecedentTally.Precedent(
                    article: row.article,
                    person: row.person,
                    similarity: Double(score),
                    at: row.at,
                    uses: row.uses,
                    opens: row.opens
                )
            }
            for (article, evidence) in tally.evidence(of: precedents) {
                let key = seen.articles[article]
                if evidence.strength > result[key]?.strength ?? 0 { result[key] = evidence }
            }
        }
        return result
    }

    /// The precedents nearest to a vector, nearest first; equally near ones by age.
    func nearest(
        to vector: [Float],
        count: Int,
        filter: SearchFilter,
        audiences: Set<ArticleAudience>
    ) -> [Neighbour] {
        guard let seen = visible(filter, audiences) else { return [] }
        let found = matches(vector, count: count, among: seen).map { row, score in
            Neighbour(
                id: row.id,
                key: seen.articles[row.article],
                similarity: Double(score),
                uses: row.uses,
                opens: row.opens
            )
        }
        return found.sorted { ($1.similarity, $0.id) < ($0.similarity, $1.id) }
    }

    /// What a caller may see.
    private struct Visible {
        /// All rows, by the number of their vector.
        let rows: [Row?]
        /// The keys of articles by their number.
        let articles: [String]
        /// The numbers of those that the caller may see.
        let members: IdentifierSet
    }

    /// The nearest rows, nearest first.
    private func matches(_ vector: [Float], count: Int, among seen: Visible) -> [(row: Row, score: Float)] {
        let matches = vectors.exactNearest(vector, count: count, filter: seen.members)
        // What was deleted meanwhile is left out, because its number may already have another vector.
        return state.withLock { state in
            matches.compactMap { match in
                guard let row = seen.rows[Int(match.id)], state.rows[Int(match.id)]?.id == row.id else { return nil }
                return (row, match.score)
            }
        }
    }

    /// Finds out what a caller may see; nil if that is nothing.
    private func visible(_ filter: SearchFilter, _ audiences: Set<ArticleAudience>) -> Visible? {
        let known = state.withLock { state in
            state.numbers.isEmpty ? nil : (articles: state.articles, anchors: state.anchors, at: state.anchoredAt)
        }
        guard let known else { return nil }
        let (passages, anchors, change) = meaning.state.withLock { state in
            let change = state.directory.changes
            let anchors =
                known.at == change && known.anchors.count == known.articles.count
                ? known.anchors : known.articles.map { state.directory.article($0)?.passages.first }
            return (state.directory.members(of: filter), anchors, change)
        }
        let isSeen = anchors.map { $0.map(passages.contains) ?? false }
        return state.withLock { state in
            // Numbers of articles are given once, so that those known above are still the same.
            if state.articles.count >= anchors.count { (state.anchors, state.anchoredAt) = (anchors, change) }
            var members = IdentifierSet()
            for (number, row) in state.rows.enumerated() {
                guard let row, row.article < isSeen.count, isSeen[row.article], audiences.contains(row.audience) else {
                    continue
                }
                members.insert(UInt32(number))
            }
            return members.count > 0
                ? Visible(rows: state.rows, articles: state.articles, members: members) : nil
        }
    }
}
