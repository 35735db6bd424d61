import Foundation
internal import GRDB
internal import Storage
import Synchronization

/// Sees to it that what was deleted is in no file of the store either: neither in the write-ahead log, which holds earlier
/// contents of pages until it is begun anew, nor in the slack of pages.
///
/// It waits for nobody: while a reader of any process holds the log, it says so and is called again.
final class FileEraser: Sendable {
    private struct State {
        /// The request that the pass under way is for.
        var goal: Int64 = 0
        /// The log was begun anew since the pass was begun.
        var isLogEmptied = false
        var scrubber = PageScrubber()
    }

    /// How often a lock is tried for, half a millisecond apart; the writers of this process wait meanwhile.
    private static let maximumTries = 4
    private static let (wanted, done) = (Store.erasuresWanted, Store.erasuresDone)

    /// How a round ended.
    private enum Round {
        case done
        case unfinished
        /// A reader holds the log.
        case held
    }

    private let connection: DatabaseQueue
    private let pool: DatabasePool
    private let path: String
    private let state = Mutex(State())

    init(path: String, pool: DatabasePool) throws {
        var configuration = Configuration()
        configuration.busyMode = .callback { tries in
            guard tries < Self.maximumTries else { return false }
            usleep(500)
            return true
        }
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA cache_size = -256")
        }
        connection = try DatabaseQueue(path: path, configuration: configuration)
        self.path = path
        self.pool = pool
    }

    /// Whether something that was deleted may still stand in a file.
    static func isPending(in transaction: some SQLReading) throws -> Bool {
        try Store.current(wanted, in: transaction) > Store.current(done, in: transaction)
    }

    /// Moves the write-ahead log into the database and begins it anew.
    ///
    /// - Returns: whether that was possible.
    func emptyLog() async throws -> Bool {
        try await connection.writeWithoutTransaction { try self.emptyLog($0) }
    }

    private func emptyLog(_ database: Database) throws -> Bool {
        do {
            // Most of it is moved while others write. Where a reader needs an older state, no more is possible.
            let moved = try database.checkpoint(.passive)
            guard moved.checkpointedFrameCount == moved.walFrameCount else { return false }
            // The writer of this process stands aside, so that the lock is free.
            try pool.writeWithoutTransaction { _ in _ = try database.checkpoint(.truncate) }
            return true
        } catch let error as DatabaseError where error.resultCode.primaryResultCode == .SQLITE_BUSY {
            return false
        }
    }

    /// Goes on with what is left to do until the time is over, or a reader holds the log; what is not done then is gone on
    /// with at the next call.
    ///
    /// - Returns: whether nothing is left.
    func run(until end: ContinuousClock.Instant) async throws -> Bool {
        try await connection.writeWithoutTransaction { [self] database in
            do {
                while true {
                    switch try round(database, until: end) {
                    case .done: return true
                    case .held: return false
                    case .unfinished: if ContinuousClock.now >= end { return false }
                    }
                }
            } catch let error as DatabaseError where error.resultCode.primaryResultCode == .SQLITE_BUSY {
                return false
            }
        }
    }

    /// Empties the log, then goes over the pages that are left.
    private func round(_ database: Database, until end: ContinuousClock.Instant) throws -> Round {
        let (wanted, done) = try Self.counts(database)
        guard wanted > done else { return .done }
        var state = self.state.withLock { $0 }
        if state.goal != wanted { state = State(goal: wanted) }
        defer { self.state.withLock { [state] in $0 = state } }
        // At every round: pages that stood in the log before are in the file now.
        let isEmptied = try emptyLog(database)
        state.isLogEmptied = state.isLogEmptied || isEmptied
        guard state.isLogEmptied else { return .held }
        try state.scrubber.run(on: database, path: path, until: end) { [pool] body in
            try pool.writeWithoutTransaction { _ in try body() }
        }
        guard state.scrubber.isDone else { return isEmptied ? .unfinished : .held }
        try database.execute(
            sql: """
                INSERT INTO counters (name, value) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)
                """,
            arguments: [Self.done, state.goal]
        )
        return try Self.counts(database).wanted > state.goal ? .unfinished : .done
    }

    private static func counts(_ database: Database) throws -> (wanted: Int64, done: Int64) {
        let sql = "SELECT value FROM counters WHERE name = ?"
        return (
            try Int64.fetchOne(database, sql: sql, arguments: [wanted]) ?? 0,
            try Int64.fetchOne(database, sql: sql, arguments: [done]) ?? 0
        )
    }

    func close() throws { try connection.close() }
}
