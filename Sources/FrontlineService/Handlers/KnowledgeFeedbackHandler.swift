import Access
import FrontlineProtocol
import JSONRPC
import Knowledge

struct KnowledgeFeedbackHandler: MethodHandler {
    typealias Method = KnowledgeFeedback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try services.knowledge.give(
            ArticleFeedback(
                verdict: verdict(params.verdict),
                queryID: params.queryId,
                conversationID: params.conversationId,
                comment: params.comment
            ),
            on: params.articleId,
            locales: params.locale.map { [$0] } ?? [caller.locale, "en"],
            by: caller.principal.subject,
            visibility: caller.visibility,
            now: caller.now
        )
        return Method.Result()
    }

    private func verdict(_ verdict: Method.Verdict) -> Verdict {
        switch verdict {
        case .shown: .shown
        case .opened: .opened
        case .used: .used
        case .helpful: .helpful
        case .notHelpful: .notHelpful
        case .wrong: .wrong
        case .outdated: .outdated
        }
    }
}
