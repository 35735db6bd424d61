import Alerts
import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Counts alert events for metrics, by reading the alert log once a second from its position at start; of several servers of a
/// store one counts.
struct AlertMeter: Service {
    private static let pause = Duration.seconds(1)
    private static let chunk = 256

    let services: Services
    let logger: Logger

    func run() async throws {
        let start = try await services.alerts.head()
        await cancelWhenGracefulShutdown {
            var cursor = start
            while !Task.isCancelled {
                do {
                    cursor = try await count(after: cursor)
                } catch {
                    logger.failure("alerts cannot be counted", error)
                }
                await Task.pause(for: Self.pause)
            }
        }
    }

    /// Counts the events after a cursor.
    ///
    /// - Returns: the cursor of the last event.
    private func count(after start: Int64) async throws -> Int64 {
        var cursor = start
        while true {
            let events = try await services.store.read { [services, cursor] in
                try services.alerts.events(after: cursor, limit: Self.chunk, in: $0)
            }
            let counts = services.duty.isHeld
            for event in events {
                cursor = event.cursor
                guard counts else { continue }
                services.meter.count(
                    .alertEvents,
                    [
                        ("event", event.event.rawValue), ("kind", event.alert.kind),
                        ("severity", event.alert.severity.rawValue),
                    ]
                )
            }
            if events.count < Self.chunk { return cursor }
        }
    }
}

extension CapabilityMeter.Figure {
    static let alertEvents = Self("frontline_alert_events_total")
}
