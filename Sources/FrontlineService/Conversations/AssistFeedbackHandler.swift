import Assist
import FrontlineProtocol
import JSONRPC
import Vocabulary

struct AssistFeedbackHandler: MethodHandler {
    typealias Method = FrontlineProtocol.AssistFeedback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let feedback = Assist.AssistFeedback(
            conversationID: params.conversationId,
            actionID: params.actionId,
            articleID: params.articleId,
            verdict: params.verdict
        )
        try await services.assistant.give(
            feedback,
            by: caller.principal,
            visibility: caller.visibility,
            locales: [caller.locale, "en"],
            now: caller.now
        )
        return Method.Result()
    }
}
