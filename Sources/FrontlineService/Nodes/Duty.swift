package import Storage
import Synchronization

/// What one of several servers of a store does for all: above all what depends on time.
///
/// Whoever holds it counts up a number in a row of the store; whoever sees the number stand still for a while takes over. No clock of
/// a machine is compared with another's. A server that was frozen notices on waking that it holds the duty no longer
/// (``isHeld``), and what it was about to write is refused: transactions of ``run(_:)`` look at the row, which nobody changes while
/// they have the store's lock. What is done under a duty is also right when two do it, because each step is one transaction that
/// looks whether it is still due.
///
/// A store in a folder has one server, which holds every duty.
package final class Duty: Sendable {
    private struct State {
        /// What was in the row, and since when.
        var seen: (row: Row, since: ContinuousClock.Instant)?
        /// When the last renewal that succeeded was begun.
        var renewed: ContinuousClock.Instant?
    }

    private struct Row: Sendable, Equatable {
        let node: String
        let beat: Int64
    }

    /// The table of who holds what, which is about servers that run.
    package static let table = "duties"
    package static let migrations = [
        Migration(
            "duties-1",
            [
                """
                CREATE TABLE \(table) (
                    name TEXT NOT NULL PRIMARY KEY,
                    node TEXT NOT NULL,
                    beat BIGINT NOT NULL
                )
                """
            ]
        )
    ]
    /// The pause between two renewals.
    package static let pause = Duration.seconds(1)
    /// How long after a renewal the duty is held.
    package static let validity = Duration.seconds(3)
    /// How long the number stands still before another server takes over; longer than the validity.
    package static let patience = Duration.seconds(5)

    private let name: String
    private let node: String
    private let store: Store
    private let clock: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    /// Makes a duty that nobody holds yet; see ``renew()``.
    ///
    /// - Parameters:
    ///   - name: which one it is.
    ///   - node: the server, by a name that no other one has.
    ///   - store: the store that the servers share.
    ///   - clock: a clock that only goes forward, and goes on while the process is frozen.
    package init(
        _ name: String,
        node: String,
        store: Store,
        clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        (self.name, self.node, self.store, self.clock) = (name, node, store, clock)
    }

    /// Whether this server has it now; costs nothing.
    package var isHeld: Bool {
        if store.files != nil { return true }
        guard let renewed = state.withLock({ $0.renewed }) else { return false }
        return clock() - renewed < Self.validity
    }

    /// Goes on to hold it, or takes it where nobody does; to be called once a second.
    ///
    /// - Throws: the store's error; it is then held until the last renewal is too old.
    package func renew() async throws {
        guard store.files == nil else { return }
        let begun = clock()
        let row = try await store.read { [name] in try Self.row(name, in: $0) }
        let takesOver = state.withLock { state in
            if let row, state.seen?.row != row { state.seen = (row, begun) }
            return state.seen.map { begun - $0.since >= Self.patience } ?? false
        }
        guard row == nil || row?.node == node || takesOver else {
            return state.withLock { $0.renewed = nil }
        }
        let isHeld = try await store.write { [name, node] in try Self.take(name, node, replacing: row, in: $0) }
        state.withLock { $0.renewed = isHeld ? begun : nil }
    }

    /// Does what one server does for all, if it is this one.
    ///
    /// - Parameter body: its transactions are undone if another server has taken over since.
    /// - Returns: what the body gives; nil where another server does it.
    /// - Throws: what the body throws.
    package func run<T: Sendable>(_ body: () async throws -> T) async throws -> T? {
        guard isHeld else { return nil }
        guard store.files == nil else { return try await body() }
        do {
            let fence = Store.Fence { [name, node] in try Self.confirm(name, node, in: $0) }
            return try await Store.$fence.withValue(fence) { try await body() }
        } catch is Lost {
            state.withLock { $0.renewed = nil }
            return nil
        }
    }

    /// Another server has taken over.
    private struct Lost: Error {}

    private static func confirm(_ name: String, _ node: String, in transaction: WriteTransaction) throws {
        guard try row(name, in: transaction)?.node == node else { throw Lost() }
    }

    /// Does something that servers do one after the other, when it is this one's turn, and leaves it to the next one.
    ///
    /// - Parameters:
    ///   - pause: waits before the next look at whose turn it is.
    ///   - body: what is done; the duty is renewed meanwhile.
    /// - Throws: the store's error.
    package func inTurn(
        pause: @Sendable (Duration) async -> Void = { await Task.pause(for: $0) },
        _ body: () async -> Void
    ) async throws {
        while true {
            try await renew()
            if isHeld { break }
            try Task.checkCancellation()
            await pause(.milliseconds(200))
        }
        await withTaskGroup { group in
            group.addTask {
                while !Task.isCancelled {
                    await Task.pause(for: Self.pause)
                    // One that fails is followed by the next; the duty ends by itself when none succeeds.
                    try? await self.renew()
                }
            }
            await body()
            group.cancelAll()
        }
        try await release()
    }

    /// Leaves it to others at once.
    package func release() async throws {
        guard store.files == nil else { return }
        state.withLock { $0.renewed = nil }
        try await store.write { [name, node] transaction in
            try transaction.execute("DELETE FROM duties WHERE name = $1 AND node = $2", [.text(name), .text(node)])
        }
    }

    private static func row(_ name: String, in transaction: some SQLReading) throws -> Row? {
        try transaction.first("SELECT node, beat FROM duties WHERE name = $1", [.text(name)]) {
            Row(node: try $0.text("node"), beat: try $0.integer("beat"))
        }
    }

    /// Counts up, unless somebody else has done so since the row was read.
    private static func take(
        _ name: String,
        _ node: String,
        replacing row: Row?,
        in transaction: WriteTransaction
    ) throws -> Bool {
        guard let row else {
            return try transaction.execute(
                "INSERT INTO duties (name, node, beat) VALUES ($1, $2, 1) ON CONFLICT (name) DO NOTHING",
                [.text(name), .text(node)]
            ) == 1
        }
        return try transaction.execute(
            "UPDATE duties SET node = $1, beat = beat + 1 WHERE name = $2 AND node = $3 AND beat = $4",
            [.text(node), .text(name), .text(row.node), .integer(row.beat)]
        ) == 1
    }
}
