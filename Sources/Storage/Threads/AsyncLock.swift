import Synchronization

/// Admits one task at a time, in order of arrival; a waiting task occupies no thread.
package final class AsyncLock: Sendable {
    private struct State {
        var isTaken = false
        var waiting = FIFO<CheckedContinuation<Void, Never>>()
    }

    private let state = Mutex(State())

    package init() {}

    /// Runs `body` while no other body runs.
    package func run<T>(_ body: () async throws -> T) async rethrows -> T {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.isTaken { state.waiting.append(continuation) }
                defer { state.isTaken = true }
                return !state.isTaken
            }
            if isFree { continuation.resume() }
        }
        defer {
            let next = state.withLock { state in
                let next = state.waiting.popFirst()
                state.isTaken = next != nil
                return next
            }
            next?.resume()
        }
        return try await body()
    }
}
