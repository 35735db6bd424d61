import Logging
import Storage
import Synchronization

/// Completes erasures in the files of the store and in the list beside the backups, even if readers hold the log for
/// long.
final class ErasureWatch: Sendable {
    /// The time after which an unfinished erasure is reported, in microseconds; no reader of this program takes that
    /// long.
    private static let alarming: Int64 = 600_000_000
    private static let slice = Duration.milliseconds(100)

    private struct State {
        var pendingSince: Int64?
        var isListBehind = false
    }

    private let state = Mutex(State())

    /// Continues unfinished work; call it a few times per second.
    ///
    /// - Throws: the store's error.
    func run(_ store: Store, _ list: ErasureList, now: Int64) async throws {
        let isBehind: Bool
        do {
            try await list.update()
            isBehind = false
        } catch {
            isBehind = true
        }
        state.withLock { $0.isListBehind = isBehind }
        guard let files = store.files else { return }
        let isPending = try await files.isErasurePending() ? !files.eraseFromFiles(within: Self.slice) : false
        state.withLock { $0.pendingSince = isPending ? $0.pendingSince ?? now : nil }
    }

    /// Whether erasures are finished in time, and a description of what is left.
    func state(now: Int64) -> (isHealthy: Bool, detail: String?) {
        let state = state.withLock { $0 }
        if state.isListBehind { return (false, "the list of erasures cannot be written") }
        guard let since = state.pendingSince else { return (true, nil) }
        return (
            now - since < Self.alarming,
            "erased data is still in the files of the store: a reader holds the write-ahead log"
        )
    }
}
