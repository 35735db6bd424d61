import Access
import Assist
import Conversations
import FrontlineProtocol
import JSONRPC
import Logging
import Scripting
import Vocabulary

struct ConversationOpenHandler: MethodHandler {
    typealias Method = ConversationOpen
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let name = params.conversationId
        let opening = Opening(
            id: name.map { services.names.newID($0, .conversation, for: caller.principal) }
                ?? ConversationID.make(services.randomness),
            name: name,
            channel: params.channel,
            agent: params.agent,
            customer: params.customer?.object,
            locale: params.locale,
            externalIDs: params.externalIds ?? [:],
            continues: params.continues,
            scriptID: params.scriptId,
            tags: params.tags ?? [],
            onBehalfOf: params.onBehalfOf
        )
        let conversation = try await services.conversations.open(opening, by: caller.principal, now: caller.now)
        return Method.Result(conversationId: conversation.id)
    }
}

/// Generates ids of conversations opened without a name, which are random so that they cannot be guessed.
enum ConversationID {
    static func make(_ source: RandomSource) -> String {
        let words = (0..<2).map { _ in String(source.next(), radix: 36) }
        return "cnv_" + words.joined()
    }
}

struct ConversationUpdateHandler: MethodHandler {
    typealias Method = ConversationUpdate
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let change = ProfileChange(
            customer: params.customer?.object,
            locale: params.locale,
            tags: params.tags,
            externalIDs: params.externalIds,
            onBehalfOf: params.onBehalfOf
        )
        let conversation = try await services.conversations.update(
            params.conversationId,
            change,
            by: caller.principal,
            now: caller.now
        )
        return Method.Result(conversationId: conversation.id)
    }
}

struct ConversationObserveHandler: MethodHandler {
    typealias Method = ConversationObserve
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let draft = TurnDraft(
            conversationID: params.conversationId,
            speaker: params.speaker,
            text: params.text,
            turnID: params.turnId,
            replaces: params.replaces,
            speakerID: params.speakerId,
            at: params.at?.microseconds,
            locale: params.locale,
            onBehalfOf: params.onBehalfOf
        )
        let observed = try await services.assistant.observe(
            draft,
            by: caller.principal,
            locale: caller.locale,
            now: caller.now
        )
        if params.speaker == .customer { await services.tellSessions(of: observed, in: params.conversationId) }
        return Method.Result(observed)
    }
}

extension Services {
    /// Tells the subscribers of a conversation what a turn proposes for its script session.
    ///
    /// The turn is stored, and the session proposes the same to everybody who reads it; so a failure here is only logged.
    fileprivate func tellSessions(of observed: ObservedTurn, in conversation: String) async {
        do {
            try await sessions.heard(turn: observed.number, in: conversation, now: now())
        } catch {
            Logger(label: "frontline").error(
                "what a turn proposes could not be told",
                metadata: ["error": "\(ErrorText.line(error))"]
            )
        }
    }
}

extension ConversationObserve.Result: MeteredResult {
    func count(in meter: CapabilityMeter) {
        meter.count(.turns, [("sentiment", sentiment.label?.rawValue ?? "unsupported")])
        meter.count(.suggestions, [], by: suggestions.count)
    }
}

struct ConversationTransferHandler: MethodHandler {
    typealias Method = ConversationTransfer
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let transfer = Transfer(
            conversationID: params.conversationId,
            agent: params.to.agent,
            team: params.to.team,
            reason: params.reason,
            note: params.note,
            onBehalfOf: params.onBehalfOf
        )
        let after = try await services.conversations.transfer(transfer, by: caller.principal, now: caller.now)
        return Method.Result(conversationId: after.id, agent: after.agent, team: after.teams.first)
    }
}

struct ConversationCloseHandler: MethodHandler {
    typealias Method = ConversationClose
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let disposition = params.disposition.map {
            Disposition(code: $0.code, resolved: $0.resolved, note: $0.note)
        }
        let closed = try await services.conversations.close(
            params.conversationId,
            disposition: disposition,
            by: caller.principal,
            onBehalfOf: params.onBehalfOf,
            now: caller.now
        )
        return Method.Result(
            conversationId: closed.id,
            closedAt: Timestamp(microseconds: closed.closedAt ?? caller.now),
            disposition: closed.disposition.map(ConversationDisposition.init),
            summary: closed.summary.text
        )
    }
}

extension ConversationOpen.Result: MeteredResult {
    func count(in meter: CapabilityMeter) { meter.count(.conversations, [("call", "open")]) }
}

extension ConversationTransfer.Result: MeteredResult {
    func count(in meter: CapabilityMeter) { meter.count(.conversations, [("call", "transfer")]) }
}

extension ConversationClose.Result: MeteredResult {
    func count(in meter: CapabilityMeter) { meter.count(.conversations, [("call", "close")]) }
}

extension CapabilityMeter.Figure {
    static let conversations = Self("frontline_conversations_total")
    static let turns = Self("frontline_turns_total")
    static let turnsByMeaning = Self("frontline_turns_compared_total")
    static let suggestions = Self("frontline_suggestions_total")
}
