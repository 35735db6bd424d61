import Synchronization

/// Bounds how many asynchronous reads hold a connection, so that one is always left for reads that block their thread.
///
/// An asynchronous read needs a thread after it has its connection. If such reads could take every connection, blocking reads
/// on all of those threads would wait for a connection that nobody can give back. Who waits here holds no thread.
final class ReadGate: Sendable {
    private struct State {
        var free: Int
        /// In the order they came; those before `first` have been let in.
        var waiting: [CheckedContinuation<Void, Never>?] = []
        var first = 0

        mutating func next() -> CheckedContinuation<Void, Never>? {
            guard first < waiting.count else {
                free += 1
                return nil
            }
            defer {
                waiting[first] = nil
                first += 1
                if first == waiting.count || first > 1_024 {
                    waiting.removeFirst(first)
                    first = 0
                }
            }
            return waiting[first]
        }
    }

    private let state: Mutex<State>

    /// Makes a gate that lets `limit` in at a time.
    init(limit: Int) { state = Mutex(State(free: limit)) }

    /// Runs `body` once there is room for it, in the order of the calls.
    func run<T: Sendable>(_ body: () async throws -> T) async rethrows -> T {
        await withCheckedContinuation { continuation in
            let isIn = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isIn { continuation.resume() }
        }
        defer { state.withLock { $0.next() }?.resume() }
        return try await body()
    }
}
