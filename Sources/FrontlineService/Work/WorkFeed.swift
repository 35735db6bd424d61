import Access
import BusinessCalendar
import FrontlineProtocol
import JSONRPC
import Storage
import Vocabulary
import WorkItems

/// The feed of what happens to work, with titles in each reader's language.
struct WorkFeed: EventFeed {
    static let eventMethod = WorkEventNotification.name
    static let heartbeatMethod = WorkHeartbeat.name
    static let laggingMethod = WorkLagging.name
    static let log = WorkDesk.eventLog

    let store: Store
    let history: StoreHistory
    let desk: WorkDesk

    func head() async throws -> Int64 { try await desk.head() }

    func gap(at cursor: Int64) async throws -> Store.Gap? { try await history.gap(of: Self.log, at: cursor) }

    func events(after cursor: Int64, limit: Int) async throws -> [WorkEvent] {
        try await store.read { [desk] in try desk.events(after: cursor, limit: limit, in: $0) }
    }

    func cursor(of event: WorkEvent) -> Int64 { event.cursor }

    /// The language, on which the titles of kinds depend.
    func reader(_ principal: Principal) -> String { principal.attributes["locale"]?.strings.first ?? "en" }

    func members(of event: WorkEvent, for locale: String) async throws -> JSONObject {
        let titles = try await desk.titles(of: [event.item], in: locale)
        let title = titles[WorkDesk.KindKey(event.item)] ?? event.item.kind
        return [
            "event": .string(event.entry.event.rawValue),
            "entry": try JSONEncoding.encode(WorkHistoryEntry(event.entry)),
            "item": try JSONEncoding.encode(WorkMessage(event.item, title: title, now: nil)),
        ]
    }
}

/// Teams, people and business hours, as items of work name them.
struct FolderWorkDirectory: WorkDirectory {
    let tokens: TokenRegistry
    let calendars: CalendarStore
    let teams: @Sendable (String) async throws -> Bool
    let now: @Sendable () -> Int64

    func isTeam(_ team: String) async throws -> Bool { try await teams(team) }

    func person(_ subject: String) async throws -> Principal? { try await tokens.principal(of: subject, now: now()) }

    func calendar() async throws -> BusinessCalendar { try await calendars.calendar() }
}
