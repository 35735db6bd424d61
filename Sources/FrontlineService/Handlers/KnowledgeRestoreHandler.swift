import Access
import FrontlineProtocol
import Knowledge

struct KnowledgeRestoreHandler: MethodHandler {
    typealias Method = KnowledgeRestore
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let stored = try services.knowledge.restore(
            ArticleKey(id: params.articleId, locale: params.locale ?? "en"),
            version: Int64(params.version),
            reason: params.reason,
            by: caller.principal.auditActor,
            now: caller.now
        )
        try services.index.catchUp()
        return ArticleChange(stored)
    }
}
