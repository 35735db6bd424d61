import Access
import Alerts
import Conversations
import FrontlineProtocol
import JSONRPC
import Resolution
import Scripting
import Sentiment
import Storage
import Vocabulary

struct ConversationGetHandler: MethodHandler {
    typealias Method = ConversationGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let visibility = try ConversationVisibility(of: caller.principal, onBehalfOf: params.onBehalfOf)
        let after = params.cursor?.position ?? 0
        let limit = params.limit ?? 1_000
        let reader = AlertReader(caller.principal)
        let texts = try await reader.texts(services.texts)
        let now = caller.now
        return try await services.store.read { [services] transaction in
            let conversations = services.conversations
            let found = try conversations.conversation(params.conversationId, seenBy: visibility, in: transaction)
            let turns = try conversations.turns(of: found, after: after, limit: limit + 1, in: transaction)
            var result = Method.Result(
                ConversationFacts(found),
                customer: found.customer.map(JSON.object),
                summary: found.summary.text
            )
            result.turns = turns.prefix(limit).map(Self.turn)
            result.nextCursor = turns.count > limit ? Cursor(turns[limit - 1].number) : nil
            result.participants = try conversations.participants(of: found, in: transaction).map(Self.participant)
            result.owners = try conversations.holdings(of: found, in: transaction).map(Self.owner)
            result.alerts = try services.alerts.alerts(ofConversation: found.id, in: transaction)
                .map { try JSONEncoding.encode(AlertMessage($0, in: texts, shows: reader.visibility)) }
            result.resolutions = try services.authority.grants(ofConversation: found.id, now: now, in: transaction)
                .map { try JSONEncoding.encode(services.sentences.record($0, in: transaction)) }
            result.scriptSessions = try services.sessions.sessions(ofConversation: found.id, in: transaction)
                .map(Self.session)
            return result
        }
    }

    private static func session(_ session: ScriptSessionListing) -> JSON {
        var object: JSONObject = [
            "session_id": .string(session.id),
            "script": [
                "script_id": .string(session.scriptID), "version": .number(JSONNumber(session.version)),
            ],
            "status": .string(session.status.rawValue),
            "revision": .number(JSONNumber(session.revision)),
            "deviations": .number(JSONNumber(session.deviations)),
            "started_at": .string("\(Timestamp(microseconds: session.startedAt))"),
        ]
        object["agent"] = session.agent.map(JSON.string)
        object["outcome"] = session.outcome.map(JSON.string)
        object["ended_at"] = session.endedAt.map { .string("\(Timestamp(microseconds: $0))") }
        return .object(object)
    }

    private static func turn(_ turn: Turn) -> Method.Turn {
        Method.Turn(
            turn: Int(turn.number),
            turnId: turn.turnID,
            speaker: turn.speaker,
            speakerId: turn.speakerID,
            text: turn.text,
            at: Timestamp(microseconds: turn.at),
            locale: turn.locale,
            score: turn.score.map(Mood.rounded),
            label: turn.score.map { SentimentLabel(score: $0).rawValue },
            onBehalfOf: turn.onBehalfOf
        )
    }

    private static func participant(_ participant: Participant) -> Method.Participant {
        Method.Participant(
            speaker: participant.speaker,
            speakerId: participant.speakerID,
            turns: Int(participant.turns)
        )
    }

    private static func owner(_ holding: Holding) -> Method.Owner {
        Method.Owner(
            agent: holding.agent,
            teams: holding.teams,
            since: Timestamp(microseconds: holding.since),
            by: holding.givenBy,
            onBehalfOf: holding.onBehalfOf,
            reason: holding.reason,
            note: holding.note
        )
    }
}

struct ConversationListHandler: MethodHandler {
    typealias Method = ConversationList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let filter = ConversationFilter(
            agent: params.agent,
            team: params.team,
            customerID: params.customerId,
            externalID: params.externalId,
            isOpen: params.status.map { $0 == .open },
            since: params.since?.microseconds,
            after: params.cursor?.position,
            limit: params.limit ?? 50
        )
        let visibility = try ConversationVisibility(of: caller.principal, onBehalfOf: params.onBehalfOf)
        let (found, isComplete) = try await services.conversations.list(filter, visibility: visibility)
        return Method.Result(
            conversations: found.map(ConversationFacts.init),
            nextCursor: isComplete ? nil : found.last.map { Cursor($0.number) }
        )
    }
}

struct ConversationSubscribeHandler: InLineMethodHandler {
    typealias Method = ConversationSubscribe
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        if let id = params.conversationId {
            let visibility = ConversationVisibility(of: caller.principal)
            _ = try await services.store.read { [services] transaction in
                try services.conversations.conversation(id, seenBy: visibility, in: transaction)
            }
        }
        let beginning = try await caller.subscribe(
            to: services.hubs.conversations,
            after: params.after,
            services: services,
            wants: { principal in
                let visibility = ConversationVisibility(of: principal)
                return { event in
                    guard params.conversationId.map({ $0 == event.conversationID }) ?? true,
                        params.mine != true || event.agents.contains(principal.subject)
                    else { return false }
                    return visibility.includes(agents: event.agents, teams: event.teams)
                }
            }
        )
        return Method.Result(
            subscriptionId: beginning.id,
            cursor: Cursor(beginning.cursor),
            lostAfter: beginning.lostAfter.map(Cursor.init)
        )
    }
}

struct ConversationUnsubscribeHandler: InLineMethodHandler {
    typealias Method = ConversationUnsubscribe
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) throws -> Method.Result {
        try caller.unsubscribe(params.subscriptionId, from: services.hubs.conversations)
        return Method.Result()
    }
}
