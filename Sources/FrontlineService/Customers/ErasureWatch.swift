import Logging
import Storage
import Synchronization

/// Sees to it that what was erased leaves the files of the store and reaches the list beside the backups, however long
/// readers hold the log.
final class ErasureWatch: Sendable {
    /// Longer than any reader of this program takes: after it somebody should look.
    private static let alarming: Int64 = 600_000_000
    private static let slice = Duration.milliseconds(100)

    private struct State {
        var pendingSince: Int64?
        var isListBehind = false
    }

    private let state = Mutex(State())

    /// Goes on with what is left to do; to be called a few times a second.
    ///
    /// - Throws: the store's error.
    func run(_ store: Store, _ list: ErasureList, now: Int64) async throws {
        let isBehind: Bool
        do {
            try list.update()
            isBehind = false
        } catch {
            isBehind = true
        }
        state.withLock { $0.isListBehind = isBehind }
        let isPending = try await store.isErasurePending() ? !store.eraseFromFiles(within: Self.slice) : false
        state.withLock { $0.pendingSince = isPending ? $0.pendingSince ?? now : nil }
    }

    /// Whether erasures are finished in time, and what is left to do.
    func state(now: Int64) -> (isHealthy: Bool, detail: String?) {
        let state = state.withLock { $0 }
        if state.isListBehind { return (false, "the list of erasures cannot be written") }
        guard let since = state.pendingSince else { return (true, nil) }
        return (
            now - since < Self.alarming,
            "what was erased still stands in the files of the store: a reader holds the write-ahead log"
        )
    }
}
