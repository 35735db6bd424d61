import Logging
import Metrics
import ServiceLifecycle
import Storage
import Synchronization
import Vocabulary
import Webhooks

/// Tells receivers of events while the server runs, if it is the one of several that does.
///
/// Each hook that is due has a task of its own, so that one that hangs holds up no other.
struct WebhookCourier: Service {
    private static let pause = Duration.milliseconds(200)
    /// How often the figures are read.
    private static let slowPause = Duration.seconds(5)
    /// After how many of these pauses old deliveries are deleted.
    private static let pausesBetweenSweeps = 12

    private let services: Services
    private let logger: Logger
    private let busy = Busy()

    /// The hooks that have a task.
    private final class Busy: Sendable {
        private let names = Mutex<Set<String>>([])
        func begin(_ name: String) -> Bool { names.withLock { $0.insert(name).inserted } }
        func end(_ name: String) { _ = names.withLock { $0.remove(name) } }
    }

    init(services: Services, logger: Logger) { (self.services, self.logger) = (services, logger) }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await lookAfter() }
                while !Task.isCancelled {
                    for hook in await look() where busy.begin(hook.name) {
                        group.addTask {
                            await deliver(hook.name)
                            busy.end(hook.name)
                        }
                    }
                    await Task.pause(for: Self.pause)
                }
            }
        }
    }

    /// Queues what has happened; returns the hooks that are due.
    private func look() async -> [Webhook] {
        do {
            return try await services.webhookDuty.run {
                // A long backlog must not keep those waiting who are due.
                var rounds = 0
                while rounds < 8, try await services.webhooks.takeIn(now: services.now()) { rounds += 1 }
                return try await services.webhooks.due(now: services.now())
            } ?? []
        } catch {
            logger.failure("webhooks cannot be queued", error)
            return []
        }
    }

    private func deliver(_ name: String) async {
        do {
            let ended =
                try await services.webhookDuty.run {
                    try await services.webhooks.deliver(name, now: services.now)
                } ?? []
            for delivery in ended { count(delivery) }
        } catch {
            logger.failure("a webhook cannot be served", error)
        }
    }

    private func count(_ delivery: Delivery) {
        let outcome = delivery.state == .waiting ? "again" : delivery.state.rawValue
        services.meter.count(.webhookDeliveries, [("webhook", delivery.hook), ("outcome", outcome)])
        guard delivery.state != .delivered else { return }
        logger.log(
            level: delivery.state == .waiting ? .debug : .warning,
            delivery.state == .waiting ? "a webhook is sent again later" : "a webhook was given up",
            metadata: [
                "webhook": "\(delivery.hook)", "event": "\(services.webhooks.eventID(of: delivery))",
                "because": "\(delivery.problem ?? "the event is no longer stored")",
            ]
        )
    }

    /// Reads the figures, says when a receiver stops or comes back, and deletes old deliveries.
    private func lookAfter() async {
        var states: [String: WebhookState] = [:]
        var rounds = 0
        while !Task.isCancelled {
            rounds += 1
            do {
                states = try await tell(states)
                if rounds.isMultiple(of: Self.pausesBetweenSweeps) { try await sweep() }
            } catch {
                logger.failure("webhooks cannot be looked after", error)
            }
            await Task.pause(for: Self.slowPause)
        }
    }

    private func sweep() async throws {
        _ = try await services.webhookDuty.run {
            while try await services.webhooks.prune(now: services.now()) {}
        }
    }

    private func tell(_ before: [String: WebhookState]) async throws -> [String: WebhookState] {
        let standings = services.webhookDuty.isHeld ? try await services.webhooks.standings() : []
        // What another server counts, or nobody, is not shown as it was.
        for name in before.keys where !standings.contains(where: { $0.hook.name == name }) {
            record(name, waiting: 0, seconds: 0)
        }
        let now = services.now()
        var states: [String: WebhookState] = [:]
        for standing in standings {
            let name = standing.hook.name
            let state = WebhookState(standing, now: now)
            states[name] = state
            let age = standing.oldestAt.map { Double(max(0, now - $0)) / 1_000_000 }
            record(name, waiting: standing.waiting, seconds: age ?? 0)
            guard let earlier = before[name], earlier != state else { continue }
            logger.log(
                level: state == .on || state == .paused ? .notice : .warning,
                "a webhook has another state",
                metadata: [
                    "webhook": "\(name)", "state": "\(state.rawValue)",
                    "because": "\(state == .on ? "its receiver takes events" : standing.state.problem ?? "")",
                ]
            )
        }
        return states
    }

    private func record(_ name: String, waiting: Int, seconds: Double) {
        Gauge(label: "frontline_webhook_waiting", dimensions: [("webhook", name)]).record(waiting)
        Gauge(label: "frontline_webhook_oldest_seconds", dimensions: [("webhook", name)]).record(seconds)
    }
}

extension CapabilityMeter.Figure {
    static let webhookDeliveries = Self("frontline_webhook_deliveries_total")
}
