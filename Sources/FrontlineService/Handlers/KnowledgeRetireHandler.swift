import Access
import FrontlineProtocol
import Knowledge

struct KnowledgeRetireHandler: MethodHandler {
    typealias Method = KnowledgeRetire
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let stored = try services.knowledge.setStatus(
            .retired,
            of: ArticleKey(id: params.articleId, locale: params.locale ?? "en"),
            reason: params.reason,
            by: caller.principal.auditActor,
            now: caller.now
        )
        try services.index.catchUp()
        return ArticleChange(stored)
    }
}
