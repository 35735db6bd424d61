package import Storage
import Synchronization

/// The servers that share a store: each says once a second that it is there, and learns of the others.
///
/// A store in a folder has one server, and nothing is written.
package final class NodeDirectory: Sendable {
    private struct State {
        var own: StoreNode
        var others: [StoreNode] = []
        var limiter: RateLimiter?
        var calls = SharedCalls()
    }

    /// The pause between two signs of life.
    package static let pause = Duration.seconds(1)
    /// For how long a server counts as there after a sign of life, in microseconds.
    package static let validity: Int64 = 5_000_000
    /// After which time without one its row is deleted.
    private static let memory: Int64 = 3_600_000_000

    private let store: Store
    private let now: @Sendable () -> Int64
    private let state: Mutex<State>

    /// Makes the directory of a server.
    ///
    /// - Parameters:
    ///   - own: the server; its times are set when it says so.
    ///   - store: the store that the servers share.
    ///   - now: the time, in microseconds since 1970.
    package init(_ own: StoreNode, store: Store, now: @escaping @Sendable () -> Int64) {
        (self.store, self.now) = (store, now)
        state = Mutex(State(own: own))
    }

    private var isAlone: Bool { store.files != nil }

    /// The other servers that are there, by name.
    package var others: [StoreNode] { state.withLock { $0.others } }

    /// This server.
    package var own: StoreNode { state.withLock { $0.own } }

    /// Has the budgets of a limiter count on all servers; to be called once, before the first ``beat()``.
    func share(_ limiter: RateLimiter) {
        guard !isAlone else { return }
        limiter.countCalls()
        state.withLock { $0.limiter = limiter }
    }

    /// Says that this server is there, tells what it has let through, and learns the same of the others.
    ///
    /// - Throws: the store's error; what it was about to tell is told the next time.
    package func beat() async throws {
        guard !isAlone else { return }
        let (own, news) = state.withLock { state -> (StoreNode, [String: Int64?]) in
            guard let limiter = state.limiter else { return (state.own, [:]) }
            let nodes = state.others.count + 1
            return (state.own, state.calls.note(limiter.takeCalls(), rate: limiter.rate, nodes: nodes))
        }
        let (nodes, calls) = try await store.write(durability: .process) { [now] transaction in
            // Of the moment when it is written, which a wait for others would have made older.
            let time = now()
            var own = own
            own.seenAt = time
            try NodeTable.enter(own, in: transaction)
            try NodeTable.removeUnseen(since: time - Self.memory, in: transaction)
            try NodeTable.tell(news, of: own.name, in: transaction)
            return (
                try NodeTable.nodes(seenSince: time - Self.validity, in: transaction),
                try NodeTable.calls(besides: own.name, in: transaction)
            )
        }
        let (limiter, new) = state.withLock { state in
            state.others = nodes.filter { $0.name != own.name }
            state.own.seenAt = nodes.first { $0.name == own.name }?.seenAt ?? own.seenAt
            return (state.limiter, state.calls.hear(calls))
        }
        limiter?.charge(new, nodes: nodes.count, now: now())
    }

    /// Takes this server out, so that the others know at once.
    package func leave() async throws {
        guard !isAlone else { return }
        try await store.write { [name = own.name] in try NodeTable.remove(name, in: $0) }
    }

    /// The identities of the sentence encoders of the other servers.
    package var otherEncoders: Set<String> {
        Set(others.map(\.encoderIdentity)).subtracting(["", own.encoderIdentity])
    }

    /// How many servers there are and of which versions, for health.
    var sentence: String {
        let (own, others) = state.withLock { ($0.own, $0.others) }
        let versions = Set(([own] + others).map(\.version)).sorted()
        let encoders = Set(([own] + others).map(\.encoder)).sorted().map { $0.isEmpty ? "none" : $0 }
        return (others.isEmpty ? "this server alone" : "\(others.count + 1) servers of one store")
            + (versions.count > 1 ? ", of the versions \(versions.joined(separator: ", "))" : "")
            + (encoders.count > 1 ? ", with different encoders: \(encoders.joined(separator: ", "))" : "")
    }
}
