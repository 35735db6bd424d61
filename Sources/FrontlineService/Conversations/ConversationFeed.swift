import Access
import Assist
import Conversations
import FrontlineProtocol
import JSONRPC
import Storage
import Vocabulary

/// The feed of conversation events, sent by `conversation.subscribe`.
struct ConversationFeed: EventFeed {
    static let eventMethod = FrontlineProtocol.ConversationEvent.name
    static let heartbeatMethod = ConversationHeartbeat.name
    static let laggingMethod = ConversationLagging.name
    static let log = ConversationStore.eventLog

    let store: Store
    let history: StoreHistory
    let conversations: ConversationStore

    func head() async throws -> Int64 { try await conversations.head() }

    func gap(at cursor: Int64) async throws -> Store.Gap? { try await history.gap(of: Self.log, at: cursor) }

    func events(after cursor: Int64, limit: Int) async throws -> [Conversations.ConversationEvent] {
        try await store.read { [conversations] in try conversations.events(after: cursor, limit: limit, in: $0) }
    }

    func cursor(of event: Conversations.ConversationEvent) -> Int64 { event.cursor }

    func reader(_ principal: Principal) -> Everybody { Everybody() }

    func members(of event: Conversations.ConversationEvent, for reader: Everybody) throws -> JSONObject {
        var members = JSONObject()
        members["conversation_id"] = .string(event.conversationID)
        members["event"] = .string(event.kind.rawValue)
        members["data"] =
            switch event.kind {
            case .turn: try Self.turn(event.data)
            case .alert, .reply, .resolution, .script, .transferred, .closed: event.data
            }
        return members
    }

    /// The answer to a turn on the wire; one that cannot be read goes out as it was stored, for it must not stop the feed.
    private static func turn(_ stored: JSON) throws -> JSON {
        guard let turn = try? ObservedTurn(stored: stored) else { return stored }
        return try JSONEncoding.encode(ConversationObserve.Result(turn))
    }
}
