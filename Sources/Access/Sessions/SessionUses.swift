import Storage
import Synchronization

/// When sessions were last used here: noted in memory with every call, and written now and then.
///
/// What was noted and not yet written is lost with the process; its sessions then end a little earlier for want of use.
final class SessionUses: Sendable {
    private struct State {
        /// The last use that is known, by session, in microseconds since 1970.
        var known: [String: Int64] = [:]
        /// Those whose last use is not written.
        var unwritten: Set<String> = []
    }

    private static let maximumKnown = 50_000

    private let state = Mutex(State())

    /// Notes a call.
    func note(_ id: String, at now: Int64) {
        state.withLock { state in
            if state.known.count >= Self.maximumKnown, state.known[id] == nil {
                state.known = state.known.filter { state.unwritten.contains($0.key) }
                guard state.known.count < Self.maximumKnown else { return }
            }
            guard state.known[id] ?? .min < now else { return }
            state.known[id] = now
            state.unwritten.insert(id)
        }
    }

    /// Notes what the store has.
    func learn(_ id: String, usedAt: Int64) {
        state.withLock { state in
            if state.known[id] != nil || state.known.count < Self.maximumKnown {
                state.known[id] = max(state.known[id] ?? .min, usedAt)
            }
        }
    }

    /// The last use that is known here; nil for none.
    func last(_ id: String) -> Int64? { state.withLock { $0.known[id] } }

    /// Writes the uses since the last time; nothing, where there were none.
    ///
    /// - Throws: the store's error; the uses are kept for the next time.
    func write(to store: Store) async throws {
        let uses = state.withLock { state in
            defer { state.unwritten = [] }
            return state.unwritten.sorted().map { (id: $0, at: state.known[$0] ?? 0) }
        }
        guard !uses.isEmpty else { return }
        do {
            try await store.write(durability: .process) { transaction in
                for use in uses {
                    try transaction.execute(
                        "UPDATE access_sessions SET used_microseconds = $2 WHERE id = $1 AND used_microseconds < $2",
                        [.text(use.id), .integer(use.at)]
                    )
                }
            }
        } catch {
            state.withLock { state in state.unwritten.formUnion(uses.map(\.id)) }
            throw error
        }
    }
}
