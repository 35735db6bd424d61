import Assist
import Conversations
import FrontlineProtocol
import JSONRPC

struct ConversationObserveHandler: MethodHandler {
    typealias Method = ConversationObserve
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let draft = TurnDraft(
            conversationID: params.conversationId,
            speaker: Speaker(params.speaker),
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
        return try JSONDecoding.decode(Method.Result.self, from: observed.answer, refusingUnknownMembers: false)
    }
}
