internal import CLibPQ
import Foundation
internal import Storage

/// The connection of one thread that reads; it is opened by the first read and again after it was lost.
///
/// Unchecked: `connection` is used by the thread that reads only. ``interrupt()`` writes to a descriptor, which is open for as
/// long as the object lives.
final class PostgresReader: ReadConnection, @unchecked Sendable {
    private static let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

    private let gate: PostgresGate
    private let wake: Int32
    private var connection: PostgresConnection?
    /// The runner of the read under way.
    private(set) var current: PostgresConnection?

    init(_ gate: PostgresGate) throws {
        self.gate = gate
        wake = frontline_wake_open()
        guard wake >= 0 else { throw StorageError(code: .cannotOpen, message: "no descriptor is left") }
    }

    deinit { _ = Foundation.close(wake) }

    /// Reads in a transaction.
    ///
    /// A connection may have been lost long before it is used, when the database was restarted. Then the read is repeated once
    /// on a new one.
    func read<T>(_ stop: ReadStop, _ body: (ReadTransaction) throws -> T) throws -> T {
        try stop.watching(self) {
            if let known = connection, !known.isLost {
                do { return try read(known, stop, body) } catch let error as StorageError {
                    guard error.code == .unavailable, known.isLost, !stop.isCancelled else { throw error }
                }
            }
            connection = nil
            let new = try gate.open(for: .reading, wake: wake)
            connection = new
            return try read(new, stop, body)
        }
    }

    private func read<T>(
        _ connection: PostgresConnection,
        _ stop: ReadStop,
        _ body: (ReadTransaction) throws -> T
    ) throws -> T {
        connection.watch(stop)
        connection.begin(Self.begin)
        current = connection
        defer {
            current = nil
            connection.stop = nil
        }
        do {
            let result = try body(ReadTransaction(connection))
            connection.endLater("COMMIT")
            return result
        } catch {
            connection.rollBack()
            throw error
        }
    }

    func interrupt() {
        var one: UInt64 = 1
        _ = Foundation.write(wake, &one, 8)
    }

    func close() {
        connection?.close()
        connection = nil
    }
}

/// The connections of threads that read themselves (`readNow`): of commands, and of what happens before a server serves.
///
/// Unchecked: all is used under the lock, and each reader by the thread that has taken it.
final class PostgresBlockingReaders: @unchecked Sendable {
    /// How many connections stay open for the next read.
    private static let maximumIdle = 2

    private let gate: PostgresGate
    private let lock = NSLock()
    private var idle: [PostgresReader] = []
    private var active: [pthread_t: PostgresReader] = [:]
    private var isClosed = false

    init(_ gate: PostgresGate) { self.gate = gate }

    /// Reads on the calling thread; inside another read of it, with that one's view.
    func read<T>(_ body: (ReadTransaction) throws -> T) throws -> T {
        let thread = pthread_self()
        let (outer, isClosed) = lock.withLock { (active[thread], self.isClosed) }
        if let current = outer?.current { return try body(ReadTransaction(current)) }
        if isClosed { throw Store.closed }
        let reader = try lock.withLock { try idle.popLast() ?? PostgresReader(gate) }
        lock.withLock { active[thread] = reader }
        defer {
            let surplus = lock.withLock { () -> PostgresReader? in
                active[thread] = nil
                guard !self.isClosed, idle.count < Self.maximumIdle else { return reader }
                idle.append(reader)
                return nil
            }
            surplus?.close()
        }
        return try reader.read(ReadStop(), body)
    }

    func close() {
        let open = lock.withLock {
            isClosed = true
            defer { idle = [] }
            return idle
        }
        for reader in open { reader.close() }
    }
}
