import Synchronization

/// Whether the work of one request may begin, asked when those before it in order are done.
///
/// Not sooner: a request that waits for earlier ones must not hold room that they need.
final class Permission: Sendable {
    private struct State {
        var permit: AnswerBudget.Permit?
        var refusedBeyond: Int?
    }

    private let budget: AnswerBudget
    private let sizes: AnswerSizes
    private let method: String
    private let connection: Connection
    private let state = Mutex(State())

    init(budget: AnswerBudget, sizes: AnswerSizes, method: String, connection: Connection) {
        self.budget = budget
        self.sizes = sizes
        self.method = method
        self.connection = connection
    }

    /// Waits for room for the answer; false when nobody wants it any more, or the answers of its batch have grown as
    /// large as they may while it waited.
    func acquire(isOfBatch: Bool) async -> Bool {
        guard isWanted(isOfBatch) else { return false }
        let permit = await budget.permit(forAnswerOf: sizes.room(for: method), on: connection.id)
        state.withLock { $0.permit = permit }
        return isWanted(isOfBatch)
    }

    private func isWanted(_ isOfBatch: Bool) -> Bool {
        guard !connection.isClosed else { return false }
        guard isOfBatch, let limit = connection.limitOfFullBatch else { return true }
        state.withLock { $0.refusedBeyond = limit }
        return false
    }

    /// How much the answers of the batch might take when the message was refused for it; nil when it was not.
    var refusedBeyond: Int? { state.withLock { $0.refusedBeyond } }

    /// Frees the room, once the answer is queued or dropped.
    func release() {
        let permit = state.withLock { state in
            defer { state.permit = nil }
            return state.permit
        }
        if let permit { budget.release(permit) }
    }
}
