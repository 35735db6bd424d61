import Alerts
import Conversations
import Knowledge
import Measures
import Resolution
import Scripting
import Storage
import Vocabulary
import WorkItems

/// The sources of facts: what each capability's record says, in the terms of `FactCatalog`.
enum RecordSources {
    /// One for each kind.
    static let all: [any FactSource] = [
        ContactSource(), TurnSource(), SessionSource(), ResolutionSource(), AlertSource(), SearchSource(), WorkSource(),
    ]

    /// Seconds between two times in microseconds.
    static func seconds(_ from: Int64, _ to: Int64?) -> FactValue? {
        to.map { FactValue.number(Double(max(0, $0 - from) / 1_000) / 1_000) }
    }

    /// The channel of the contact to which a record belongs.
    static func channel(_ conversation: String?, in transaction: some SQLReading) throws -> String? {
        try conversation.flatMap { try ConversationStore.channel(of: $0, in: transaction) }
    }
}

/// A source whose records are the rows of one table.
protocol TableSource: FactSource {
    var keys: RecordKeys { get }
}

extension TableSource {
    func ids(after id: String, limit: Int, in transaction: some SQLReading) throws -> [String] {
        try keys.ids(after: id, limit: limit, in: transaction)
    }

    func ids(from: Int64, to: Int64, in transaction: some SQLReading) throws -> [String] {
        try keys.ids(from: from, to: to, in: transaction)
    }
}

struct ContactSource: TableSource {
    let kind = RecordKind.contacts
    let keys = ConversationStore.recordKeys

    func record(_ id: String, in transaction: some SQLReading) throws -> FactRecord? {
        guard let figures = try ConversationStore.figures(of: id, in: transaction) else { return nil }
        let fact = figures.fact
        var values: [String: FactValue] = [
            "is_closed": .flag(fact.closedAt != nil), "turns": .number(figures.turns),
            "transfers": .number(figures.transfers),
        ]
        values["handle_seconds"] = RecordSources.seconds(fact.openedAt, fact.closedAt)
        values["mood_start"] = fact.moodStart.map(FactValue.number)
        values["mood_end"] = fact.moodEnd.map(FactValue.number)
        if let start = fact.moodStart, let end = fact.moodEnd { values["mood_change"] = .number(end - start) }
        values["is_resolved"] = fact.isResolved.map(FactValue.flag)
        values["days_since_previous"] = figures.previousAt.map { .number(Double(fact.openedAt - $0) / 86_400_000_000) }
        return FactRecord(
            id: id,
            conversation: id,
            at: fact.openedAt,
            agent: fact.agent,
            teams: fact.teams,
            channel: fact.channel,
            values: values
        )
    }
}

struct SessionSource: TableSource {
    let kind = RecordKind.sessions
    let keys = ScriptDesk.recordKeys

    func record(_ id: String, in transaction: some SQLReading) throws -> FactRecord? {
        guard let session = try ScriptDesk.figures(of: id, in: transaction) else { return nil }
        var values: [String: FactValue] = [
            "script": .text(session.script), "version": .number(session.version), "status": .text(session.status),
            "is_finished": .flag(session.endedAt != nil), "required_done": .number(session.requiredDone),
            "required_total": .number(session.requiredTotal), "deviations": .number(session.deviations),
            "is_order_kept": .flag(session.isOrderKept), "is_in_contact": .flag(session.conversation != nil),
        ]
        values["seconds"] = RecordSources.seconds(session.startedAt, session.endedAt)
        return FactRecord(
            id: id,
            conversation: session.conversation,
            at: session.startedAt,
            agent: session.agent,
            teams: session.teams,
            channel: try RecordSources.channel(session.conversation, in: transaction),
            values: values
        )
    }
}

struct ResolutionSource: TableSource {
    let kind = RecordKind.resolutions
    let keys = AuthorityLedger.recordKeys

    func record(_ id: String, in transaction: some SQLReading) throws -> FactRecord? {
        guard let grant = try AuthorityLedger.counted(id, in: transaction) else { return nil }
        let isApproved = grant.status == .approved
        var values: [String: FactValue] = [
            "action": .text(grant.action), "reason": .text(grant.reason), "status": .text(grant.status.rawValue),
            "is_automatic": .flag(isApproved && grant.expiresAt == nil), "counts": .flag(grant.counts),
        ]
        values["amount"] = grant.amount.flatMap { .decimal($0.text) }
        values["currency"] = grant.amount.map { .text($0.currency.code) }
        let isDecided = grant.expiresAt != nil && (isApproved || grant.status == .rejected)
        if isDecided { values["decision_seconds"] = RecordSources.seconds(grant.createdAt, grant.decidedAt) }
        return FactRecord(
            id: id,
            conversation: grant.conversationID,
            at: grant.createdAt,
            agent: grant.requestedBy,
            teams: grant.teams,
            channel: grant.channel,
            values: values
        )
    }
}

struct AlertSource: TableSource {
    let kind = RecordKind.alerts
    let keys = AlertDesk.recordKeys

    func record(_ id: String, in transaction: some SQLReading) throws -> FactRecord? {
        guard let alert = try AlertDesk.counted(id, in: transaction) else { return nil }
        var values: [String: FactValue] = [
            "kind": .text(alert.kind), "severity": .text(alert.severity.rawValue),
            "status": .text(alert.status.rawValue), "is_escalated": .flag(alert.isEscalated),
            "is_muted": .flag(alert.isMuted), "is_withdrawn": .flag(alert.isWithdrawn == true),
            "is_in_contact": .flag(alert.conversation != nil),
        ]
        values["outcome"] = alert.outcome.map { .text($0.rawValue) }
        let answered = try AlertDesk.answered(id, in: transaction)
        values["response_seconds"] = RecordSources.seconds(alert.raisedAt, answered)
        return FactRecord(
            id: id,
            conversation: alert.conversation,
            at: alert.raisedAt,
            agent: alert.agent,
            teams: alert.teams,
            channel: try RecordSources.channel(alert.conversation, in: transaction),
            values: values
        )
    }
}

struct SearchSource: TableSource {
    let kind = RecordKind.searches
    let keys = KnowledgeBase.searchKeys

    func record(_ id: String, in transaction: some SQLReading) throws -> FactRecord? {
        guard let search = try KnowledgeBase.countedSearch(id, in: transaction) else { return nil }
        return FactRecord(
            id: id,
            conversation: search.conversation,
            at: search.at,
            agent: search.subject,
            teams: search.teams,
            channel: try RecordSources.channel(search.conversation, in: transaction),
            values: [
                "locale": .text(search.locale), "hits": .number(search.hits), "uses": .number(search.uses),
                "is_in_contact": .flag(search.conversation != nil),
            ]
        )
    }
}

struct WorkSource: TableSource {
    let kind = RecordKind.work
    let keys = WorkDesk.recordKeys

    func record(_ id: String, in transaction: some SQLReading) throws -> FactRecord? {
        guard let item = try WorkDesk.counted(id, in: transaction) else { return nil }
        let conversation = item.links.conversation
        var values: [String: FactValue] = [
            "kind": .text(item.kind), "priority": .text(item.priority.rawValue), "state": .text(item.state.rawValue),
            "is_breached": .flag(item.isBreached), "is_in_contact": .flag(conversation != nil),
        ]
        values["response_seconds"] = RecordSources.seconds(item.createdAt, item.response.metAt)
        if item.state == .done { values["done_seconds"] = RecordSources.seconds(item.createdAt, item.endedAt) }
        values["is_in_time"] = Self.isInTime(item).map(FactValue.flag)
        return FactRecord(
            id: id,
            conversation: conversation,
            at: item.createdAt,
            agent: item.owner,
            teams: [item.team],
            channel: try RecordSources.channel(conversation, in: transaction),
            values: values
        )
    }

    /// What was late is known before it is done.
    private static func isInTime(_ item: WorkItem) -> Bool? {
        let hasClocks = [item.response, item.completion].contains { $0.dueAt != nil || $0.breachedAt != nil }
        guard hasClocks, item.state != .cancelled else { return nil }
        if item.isBreached { return false }
        return item.state == .done ? true : nil
    }
}
