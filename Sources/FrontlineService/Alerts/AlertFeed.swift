import Access
import Alerts
import FrontlineProtocol
import JSONRPC
import Storage
import Texts
import Vocabulary

/// The feed of the alert log, in each reader's language.
struct AlertFeed: EventFeed {
    static let eventMethod = AlertsEvent.name
    static let heartbeatMethod = AlertsHeartbeat.name
    static let laggingMethod = AlertsLagging.name
    static let log = AlertDesk.eventLog

    let store: Store
    let history: StoreHistory
    let desk: AlertDesk
    let texts: TextCatalog

    func head() async throws -> Int64 { try await desk.head() }

    func gap(at cursor: Int64) async throws -> Store.Gap? { try await history.gap(of: Self.log, at: cursor) }

    func events(after cursor: Int64, limit: Int) async throws -> [AlertEvent] {
        try await store.read { [desk] in try desk.events(after: cursor, limit: limit, in: $0) }
    }

    func cursor(of event: AlertEvent) -> Int64 { event.cursor }

    func reader(_ principal: Principal) -> AlertReader { AlertReader(principal) }

    func members(of event: AlertEvent, for reader: AlertReader) async throws -> JSONObject {
        let message = AlertMessage(event.alert, in: try await reader.texts(texts), shows: reader.visibility)
        return ["event": .string(event.event.rawValue), "alert": try JSONEncoding.encode(message)]
    }
}
