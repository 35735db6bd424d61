import Access
import Alerts
import Conversations
import FrontlineProtocol
import JSONRPC
import Resolution
import Storage
import Vocabulary
import Webhooks
import WorkItems

/// What happens to alerts, as `alerts.subscribe` shows it to a supervisor.
struct AlertHookLog: EventLog {
    let feed: AlertFeed

    var name: String { AlertFeed.log }
    var noun: String { "alert" }

    func events(after cursor: Int64, limit: Int, in transaction: some SQLReading) throws -> [HookEvent] {
        try feed.desk.events(after: cursor, limit: limit, in: transaction).map { event in
            HookEvent(
                cursor: event.cursor,
                type: "alert.\(event.event.rawValue)",
                subject: "alert/\(event.alert.id)",
                at: event.alert.updatedAt,
                isSeen: { AlertVisibility(of: $0).includes(event.alert) },
                data: { .object(try await feed.members(of: event, for: feed.reader($0)).withoutSummary(in: "alert")) }
            )
        }
    }
}

/// What happens to work, as `work.subscribe` shows it to a supervisor.
struct WorkHookLog: EventLog {
    let feed: WorkFeed

    var name: String { WorkFeed.log }
    var noun: String { "work" }

    func events(after cursor: Int64, limit: Int, in transaction: some SQLReading) throws -> [HookEvent] {
        try feed.desk.events(after: cursor, limit: limit, in: transaction).map { event in
            HookEvent(
                cursor: event.cursor,
                type: "work.\(event.entry.event.rawValue)",
                subject: "work/\(event.item.id)",
                at: event.entry.at,
                isSeen: { WorkVisibility(of: $0).includes(event) },
                data: { .object(try await feed.members(of: event, for: feed.reader($0))) }
            )
        }
    }
}

/// What happens to conversations, as `conversation.subscribe` shows it to a supervisor; of the kinds that may leave the house.
struct ConversationHookLog: EventLog {
    let feed: ConversationFeed

    var name: String { ConversationFeed.log }
    var noun: String { "conversation" }

    func events(after cursor: Int64, limit: Int, in transaction: some SQLReading) throws -> [HookEvent] {
        try feed.conversations.events(after: cursor, limit: limit, in: transaction).map { event in
            HookEvent(
                cursor: event.cursor,
                type: "conversation.\(event.kind.rawValue)",
                subject: "conversation/\(event.conversationID)",
                at: event.at,
                isSeen: { reader in
                    EventTypes.conversations.contains(event.kind)
                        && ConversationVisibility(of: reader).includes(agents: event.agents, teams: event.teams)
                },
                data: { .object(try feed.members(of: event, for: feed.reader($0)).withoutSummary(in: "data")) }
            )
        }
    }
}

/// What happens to requests for resolutions, with the request as `resolution.get` shows it when the event is sent.
struct ResolutionHookLog: EventLog {
    let sentences: ResolutionSentences

    var name: String { AuthorityLedger.eventLog }
    var noun: String { "resolution" }

    func events(after cursor: Int64, limit: Int, in transaction: some SQLReading) throws -> [HookEvent] {
        try AuthorityLedger.news(after: cursor, limit: limit, in: transaction).map { news in
            HookEvent(
                cursor: news.sequence,
                type: "resolution.\(news.kind)",
                subject: "resolution/\(news.grant.id)",
                at: news.at,
                isSeen: { GrantVisibility(of: $0).includes(news.grant) },
                data: { _ in
                    let record = try JSONEncoding.encode(await sentences.record(news.grant))
                    return ["event": .string(news.kind), "resolution": record]
                }
            )
        }
    }
}

extension JSONObject {
    /// Without the running summary of a conversation in a member, because it has what was said, and transcripts do not leave the house.
    fileprivate func withoutSummary(in member: String) -> JSONObject {
        guard var inner = self[member]?.object else { return self }
        inner["summary"] = nil
        var result = self
        result[member] = .object(inner)
        return result
    }
}
