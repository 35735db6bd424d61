import Assist
import FrontlineProtocol
import JSONRPC

struct AssistFeedbackHandler: MethodHandler {
    typealias Method = FrontlineProtocol.AssistFeedback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let feedback = Assist.AssistFeedback(
            conversationID: params.conversationId,
            actionID: params.actionId,
            articleID: params.articleId,
            verdict: Assist.AssistFeedback.Verdict(params.verdict)
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

extension Assist.AssistFeedback.Verdict {
    /// Creates the verdict from its wire form.
    init(_ verdict: FrontlineProtocol.AssistFeedback.Verdict) {
        switch verdict {
        case .used: self = .used
        case .dismissed: self = .dismissed
        case .wrong: self = .wrong
        }
    }
}
