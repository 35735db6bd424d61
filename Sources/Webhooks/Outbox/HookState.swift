/// How a receiver has behaved, and whether it is sent to.
///
/// A pure state machine: attempts in, what is allowed next out. A receiver that fails several times in a row is left alone for a
/// while (a *breaker*), then tried with one delivery; other hooks do not notice.
package struct HookState: Sendable, Hashable {
    /// When the receiver answered that it is gone; nothing is sent until it has accepted a test, or is elsewhere.
    package var stoppedAt: Int64?
    /// The address that has said so.
    package var stoppedURL: String?
    /// Failures since the last success.
    package var failures = 0
    /// Until when it is left alone.
    package var resumesAt: Int64?
    package var succeededAt: Int64?
    package var failedAt: Int64?
    /// The status of the last failure.
    package var status: Int?
    /// What was wrong at the last failure.
    package var problem: String?
    /// How many deliveries have arrived, and how many were given up.
    package var delivered: Int64 = 0
    package var lost: Int64 = 0

    package init() {}

    /// Whether the receiver has said that it is gone, at the address that the hook has now.
    package func isStopped(_ hook: Webhook) -> Bool { stoppedAt != nil && stoppedURL == hook.url }

    /// How many deliveries may be under way now.
    package func room(_ hook: Webhook, now: Int64) -> Int {
        guard !hook.isPaused, !isStopped(hook), resumesAt.map({ $0 <= now }) ?? true else { return 0 }
        return failures >= hook.breaker.failures ? 1 : hook.parallel
    }

    /// The state after an attempt.
    ///
    /// - Parameters:
    ///   - outcome: what came of it.
    ///   - hook: the hook.
    ///   - now: the time, in microseconds since 1970.
    ///   - chance: a random number from 0 to 1, by which up to a fifth is added to the pause.
    /// - Returns: whether the receiver is back after it was left alone, so that what waits for a later attempt can be sent.
    package mutating func note(_ outcome: WebhookOutcome, of hook: Webhook, now: Int64, chance: Double) -> Bool {
        if outcome.isSuccess {
            let isBack = failures >= hook.breaker.failures || stoppedAt != nil
            (failures, resumesAt, succeededAt) = (0, nil, now)
            (stoppedAt, stoppedURL) = (nil, nil)
            return isBack
        }
        failures += 1
        (failedAt, status, problem) = (now, outcome.status, outcome.problem)
        if outcome.isGone { (stoppedAt, stoppedURL) = (now, hook.url) }
        var pause = Duration.zero
        if failures >= hook.breaker.failures {
            let doublings = min(failures - hook.breaker.failures, 20)
            pause = min(hook.breaker.pause * (1 << doublings), hook.breaker.longest)
            pause += pause * (chance / 5)
        }
        if let asked = outcome.retryAfter { pause = max(pause, min(asked, Delivery.longestWait)) }
        resumesAt = pause > .zero ? now + pause.wholeMicroseconds : nil
        return false
    }

    /// Nothing can be sent because a secret is missing: tried again after the breaker's first pause.
    package mutating func noteSecret(of hook: Webhook, now: Int64) {
        (failedAt, status, problem) = (now, nil, WebhookOutcome(.secret).problem)
        resumesAt = now + hook.breaker.pause.wholeMicroseconds
    }
}
