package import Vocabulary

/// An event that a hook is to be told of, and what has become of that.
package struct Delivery: Sendable, Hashable {
    /// Its number, in the order in which deliveries were queued.
    package let number: Int64
    package let hook: String
    /// The log and the number in it.
    package let log: String
    package let cursor: Int64
    package let type: String
    package let subject: String
    package var state: WebhookDeliveryState
    /// Attempts that were made.
    package var attempts: Int
    /// When the event happened.
    package let createdAt: Int64
    /// When it is to be sent, while it waits.
    package var dueAt: Int64
    /// When it came to its end.
    package var endedAt: Int64?
    /// The status of the last answer.
    package var status: Int?
    /// What was wrong with the last attempt.
    package var problem: String?

    package init(
        number: Int64,
        hook: String,
        log: String,
        cursor: Int64,
        type: String,
        subject: String,
        state: WebhookDeliveryState,
        attempts: Int,
        createdAt: Int64,
        dueAt: Int64,
        endedAt: Int64? = nil,
        status: Int? = nil,
        problem: String? = nil
    ) {
        (self.number, self.hook, self.log, self.cursor) = (number, hook, log, cursor)
        (self.type, self.subject, self.state, self.attempts) = (type, subject, state, attempts)
        (self.createdAt, self.dueAt, self.endedAt) = (createdAt, dueAt, endedAt)
        (self.status, self.problem) = (status, problem)
    }
}

extension Delivery {
    /// The longest time that a receiver can ask to be left alone for.
    package static let longestWait = Duration.seconds(86_400)

    /// The delivery after an attempt.
    ///
    /// - Parameters:
    ///   - outcome: what came of it.
    ///   - hook: its hook.
    ///   - now: the time, in microseconds since 1970.
    ///   - chance: a random number from 0 to 1, by which up to a fifth is added to a pause, so that receivers that fail together are
    ///     not all tried again at once.
    /// - Returns: the delivery as it is now.
    package func after(_ outcome: WebhookOutcome, of hook: Webhook, now: Int64, chance: Double) -> Delivery {
        var next = self
        next.attempts += 1
        (next.status, next.problem) = (outcome.status, outcome.problem)
        if outcome.isSuccess {
            (next.state, next.endedAt) = (.delivered, now)
        } else if outcome.isGone {
            // It waits until somebody has looked why: nothing is lost by the answer of a receiver.
            next.dueAt = now
        } else if next.attempts > hook.retries.count {
            (next.state, next.endedAt) = (.failed, now)
        } else {
            let pause = hook.retries[next.attempts - 1]
            let asked = outcome.retryAfter.map { min($0, Self.longestWait) } ?? .zero
            next.dueAt = now + max(pause + pause * (chance / 5), asked).wholeMicroseconds
        }
        return next
    }
}

extension Duration {
    /// In microseconds; what is smaller is left out.
    var wholeMicroseconds: Int64 {
        let parts = components
        return parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
    }
}
