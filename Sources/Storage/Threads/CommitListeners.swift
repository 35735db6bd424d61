import Synchronization

/// The listeners to commits, each to those of one log.
package final class CommitListeners: Sendable {
    private struct State {
        var listeners: [Int: (log: String, continuation: AsyncStream<Void>.Continuation)] = [:]
        var count = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// A signal after each commit that added to a log; signals that nobody has taken yet become one.
    func stream(of log: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.count += 1
            state.listeners[state.count] = (log, continuation)
            return state.count
        }
        continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.listeners[id] = nil } }
        return stream
    }

    /// Tells those who follow a log that a commit of this process has added to.
    package func tell(_ news: CommitNews) {
        guard !news.logs.isEmpty else { return }
        state.withLock { state in
            for (log, continuation) in state.listeners.values where news.logs.contains(log) { continuation.yield() }
        }
    }

    /// Tells all of them: another process has committed, and to which logs is not known.
    package func tellAll() {
        state.withLock { state in
            for (_, continuation) in state.listeners.values { continuation.yield() }
        }
    }
}
