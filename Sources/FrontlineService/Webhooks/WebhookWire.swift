import FrontlineProtocol
import HTTPFetch
import JSONRPC
import Vocabulary
import Webhooks

extension WebhookState {
    /// How a hook stands at a time.
    init(_ standing: WebhookDesk.Standing, now: Int64) {
        self =
            if standing.hook.isPaused {
                .paused
            } else if standing.state.isStopped(standing.hook) {
                .stopped
            } else if standing.state.room(standing.hook, now: now) == 0 {
                .resting
            } else {
                .on
            }
    }
}

extension WebhookList.Webhook {
    /// A hook in the wire format.
    init(_ standing: WebhookDesk.Standing, now: Int64) {
        let (hook, state) = (standing.hook, standing.state)
        let resting = WebhookState(standing, now: now) == .resting
        self.init(
            webhook: hook.name,
            url: HTTPFetcher.withoutSecrets(hook.url),
            events: hook.events,
            teams: hook.teams,
            state: WebhookState(standing, now: now),
            waiting: standing.waiting,
            oldestAt: standing.oldestAt.map(Timestamp.init(microseconds:)),
            behind: Int(standing.behind),
            delivered: Int(state.delivered),
            failed: Int(state.lost),
            failures: state.failures,
            succeededAt: state.succeededAt.map(Timestamp.init(microseconds:)),
            failedAt: state.failedAt.map(Timestamp.init(microseconds:)),
            status: state.status,
            problem: state.problem,
            resumesAt: resting ? state.resumesAt.map(Timestamp.init(microseconds:)) : nil
        )
    }
}

extension WebhookDeliveries.Delivery {
    private static let prefix = "wd-"

    /// A delivery in the wire format.
    init(_ delivery: Delivery, event: String) {
        self.init(
            deliveryId: Self.prefix + String(delivery.number),
            webhook: delivery.hook,
            eventId: event,
            type: delivery.type,
            subject: delivery.subject,
            state: delivery.state,
            attempts: delivery.attempts,
            createdAt: Timestamp(microseconds: delivery.createdAt),
            dueAt: delivery.state == .waiting ? Timestamp(microseconds: delivery.dueAt) : nil,
            endedAt: delivery.endedAt.map(Timestamp.init(microseconds:)),
            status: delivery.status,
            problem: delivery.problem
        )
    }

    /// The number of a delivery's id; nil for what is no id of one.
    static func number(of id: String) -> Int64? {
        guard id.hasPrefix(prefix), let number = Int64(id.dropFirst(prefix.count)), number > 0 else { return nil }
        return id == prefix + String(number) ? number : nil
    }
}

extension WebhookError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict: .refusal(.conflict, message, argument)
        case .invalid: .invalidSource(message, argument, expected: "webhooks without errors", details: details)
        }
    }

    var sentence: String { message }
    var details: [String] { findings.map(\.description) }
}
