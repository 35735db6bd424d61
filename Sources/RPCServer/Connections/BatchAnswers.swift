import JSONRPC
import Synchronization

/// The answers to the messages of one batch, which go out together when the last is there.
final class BatchAnswers: Sendable {
    private struct State {
        var answers: [RPCAnswer?]
        /// What is waited for: messages being worked on, and the batch itself while it is being received.
        var open = 1
        var bytes = 0
    }

    private let connection: Connection
    private let holding: Int
    private let state: Mutex<State>

    /// Begins a batch of so many messages, whose request takes so many bytes.
    init(count: Int, holding: Int, connection: Connection) {
        self.connection = connection
        self.holding = holding
        state = Mutex(State(answers: [RPCAnswer?](repeating: nil, count: count)))
        connection.didOpenBatch(holding: holding)
    }

    /// Takes the answer to a message; nil when none is due.
    func set(_ answer: RPCAnswer?, at index: Int) {
        // Nobody takes the answers of a connection that is closed.
        guard let answer, !connection.isClosed else { return }
        state.withLock { state in
            state.answers[index] = answer
            state.bytes += answer.ownCount
        }
        connection.didCollect(answer.ownCount)
    }

    /// Counts a message that is being worked on.
    func open() {
        state.withLock { $0.open += 1 }
    }

    /// Counts a message that is done, or the batch as received; queues the answer after the last.
    ///
    /// - Returns: Whether it was the last.
    func close() -> Bool {
        let done = state.withLock { state -> (answers: [RPCAnswer?], bytes: Int)? in
            state.open -= 1
            guard state.open == 0 else { return nil }
            defer { state.answers = [] }
            return (state.answers, state.bytes)
        }
        guard var done else { return false }
        var queue = OutgoingQueue()
        queue.append(batch: &done.answers, shared: connection.shared)
        connection.didCloseBatch(holding: holding, collected: done.bytes)
        connection.answer(queue)
        return true
    }
}
