internal import GRDB
internal import Storage
import Synchronization

/// Whether a store writes in bulk, and how many bodies its open transaction holds.
final class Bulk: Sendable {
    private enum State {
        case off
        case on(bodies: Int)
        /// A failure such as a full disk has undone bodies that were answered already.
        case lost
    }

    private let flag = Atomic<Bool>(false)
    private let state = Mutex(State.off)

    var isOn: Bool { flag.load(ordering: .acquiring) }

    func begin() {
        state.withLock { $0 = .on(bodies: 0) }
        flag.store(true, ordering: .releasing)
    }

    func end() {
        flag.store(false, ordering: .releasing)
        state.withLock { $0 = .off }
    }

    func lose() { state.withLock { $0 = .lost } }

    /// - Throws: ``StorageError`` if bodies have been undone that were answered already.
    func check() throws {
        guard state.withLock({ if case .lost = $0 { false } else { true } }) else {
            throw StorageError(code: .statement, message: "a part of what was written in bulk has been undone")
        }
    }

    /// Counts a body; true if the transaction holds enough of them.
    func count(upTo limit: Int) -> Bool {
        state.withLock { state in
            guard case .on(let bodies) = state else { return false }
            state = .on(bodies: bodies + 1 < limit ? bodies + 1 : 0)
            return bodies + 1 >= limit
        }
    }
}

extension Committer {
    /// Memory for the pages of the writer, in KiB; pages in the write-ahead log before it is moved; bodies in a transaction.
    private static let (bulkCache, bulkLog, bulkBodies) = (262_144, 16_384, 1_000)
    /// Pages in the log before it is moved otherwise: what SQLite begins with.
    private static let ordinaryLog = 1_000

    func beginBulk() throws {
        try pool.writeWithoutTransaction { database in
            try Self.give(database, cache: Self.bulkCache, log: Self.bulkLog)
            try set(synchrony: "OFF", in: database)
        }
        bulk.begin()
    }

    private static func give(_ database: Database, cache: Int, log: Int) throws {
        try database.execute(sql: "PRAGMA cache_size = -\(cache)")
        try database.execute(sql: "PRAGMA wal_autocheckpoint = \(log)")
    }

    func endBulk() throws {
        try pool.writeWithoutTransaction { database in
            try bulk.check()
            if database.isInsideTransaction { try database.commit() }
            try Self.give(database, cache: SQLiteDriver.cacheSize, log: Self.ordinaryLog)
        }
        bulk.end()
    }

    /// Runs a body on the calling thread, in the transaction of those before it.
    func writeInBulk<T>(_ body: (WriteTransaction) throws -> T) throws -> T {
        try pool.unsafeReentrantWrite { database in
            try bulk.check()
            if !database.isInsideTransaction { try database.beginTransaction(.immediate) }
            let news = CommitNews()
            var result: Result<T, any Error>?
            var revisions: TopicRevisions?
            do {
                try database.inSavepoint {
                    let transaction = makeTransaction(in: database, news)
                    result = .success(try body(transaction))
                    if news.hasTouchedTopics { revisions = try Store.revisions(in: transaction) }
                    return .commit
                }
            } catch {
                if !database.isInsideTransaction { bulk.lose() }
                throw error
            }
            let mark = index.mark
            if bulk.count(upTo: Self.bulkBodies) { try database.commit() }
            known.noteCommit(revisions, from: mark, to: index.mark)
            listeners.tell(news)
            guard let result else {
                throw StorageError(code: .statement, message: "a transaction ended without a result")
            }
            return try result.get()
        }
    }

    /// Reads on the calling thread what is committed and what is not yet.
    func readInBulk<T>(_ body: (ReadTransaction) throws -> T) throws -> T {
        try pool.unsafeReentrantWrite { try SQLiteReader.read($0, observer, nil, body) }
    }
}
