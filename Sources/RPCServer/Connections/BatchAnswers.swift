import JSONRPC
import Synchronization

/// The answers to the messages of one batch, which go out together when the last is there.
///
/// The connection knows of it while it is open, so that what is collected goes as soon as the connection does, and
/// not when the last message has had its turn.
final class BatchAnswers: Sendable {
    private struct State {
        /// Empty once they are queued or dropped.
        var answers: [RPCAnswer?]
        /// What is waited for: messages being worked on, and the batch itself while it is being received.
        var open = 1
        var bytes = 0
    }

    /// Bytes that the request takes.
    let holding: Int
    private let connection: Connection
    private let state: Mutex<State>

    /// Begins a batch of so many messages, whose request takes so many bytes.
    init(count: Int, holding: Int, connection: Connection) {
        self.connection = connection
        self.holding = holding
        state = Mutex(State(answers: [RPCAnswer?](repeating: nil, count: count)))
        connection.didOpen(self)
    }

    /// Takes the answer to a message; nil when none is due.
    func set(_ answer: RPCAnswer?, at index: Int) {
        guard let answer else { return }
        let isTaken = state.withLock { state in
            guard index < state.answers.count else { return false }
            state.answers[index] = answer
            state.bytes += answer.ownCount
            return true
        }
        if isTaken { connection.didCollect(answer.ownCount) }
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
        var queue = OutgoingQueue(framing: connection.framing)
        queue.append(batch: &done.answers, shared: connection.shared)
        connection.didClose(self, collected: done.bytes)
        connection.answer(queue)
        return true
    }

    /// Gives up what is collected: nobody will take it.
    func drop() {
        state.withLock { $0.answers = [] }
    }
}
