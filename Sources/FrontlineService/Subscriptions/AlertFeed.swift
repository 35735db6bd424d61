import Alerts
import FrontlineProtocol
import JSONRPC

/// The log of alerts as a feed.
struct AlertFeed: EventFeed {
    static let eventMethod = AlertsEvent.name
    static let heartbeatMethod = AlertsHeartbeat.name
    static let laggingMethod = AlertsLagging.name

    let desk: AlertDesk

    func head() throws -> Int64 { try desk.head() }

    func events(after cursor: Int64, limit: Int) throws -> [AlertEvent] {
        try desk.events(after: cursor, limit: limit)
    }

    func cursor(of event: AlertEvent) -> Int64 { event.cursor }

    func members(of event: AlertEvent) throws -> JSONObject {
        ["event": .string(event.event.rawValue), "alert": try JSONEncoding.encode(AlertMessage(event.alert))]
    }
}
