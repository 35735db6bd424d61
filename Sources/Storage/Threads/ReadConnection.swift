import Synchronization

/// A connection that one thread reads with.
package protocol ReadConnection: AnyObject, Sendable {
    /// Runs a body on a consistent view, on the thread that owns the connection.
    ///
    /// - Throws: `CancellationError` once `stop` says so; ``StorageError``; what `body` throws.
    func read<T>(_ stop: ReadStop, _ body: (ReadTransaction) throws -> T) throws -> T

    /// Ends the statement that runs; called on any thread, which it does not block, while a read is watched.
    func interrupt()

    /// Closes the connection; nothing follows.
    func close()
}

/// Passes the cancellation of a task on to its read, and to no other read on the same connection.
package final class ReadStop: Sendable {
    private struct State {
        var isCancelled = false
        var connection: (any ReadConnection)?
    }

    private let state = Mutex(State())

    package init() {}

    /// Whether the task was cancelled.
    package var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            // Under the lock, so that it cannot hit the next read on the connection.
            state.connection?.interrupt()
        }
    }

    /// Runs a body whose connection is interrupted by a cancellation.
    ///
    /// - Throws: `CancellationError` if that came before; what `body` throws.
    package func watching<T>(_ connection: any ReadConnection, _ body: () throws -> T) throws -> T {
        try state.withLock { state in
            if state.isCancelled { throw CancellationError() }
            state.connection = connection
        }
        defer { state.withLock { $0.connection = nil } }
        return try body()
    }
}
