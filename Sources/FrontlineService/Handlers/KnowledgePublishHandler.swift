import Access
import FrontlineProtocol
import Knowledge

struct KnowledgePublishHandler: MethodHandler {
    typealias Method = KnowledgePublish
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let stored = try services.knowledge.setStatus(
            .published,
            of: ArticleKey(id: params.articleId, locale: params.locale ?? "en"),
            reason: params.note,
            by: caller.principal.auditActor,
            now: caller.now
        )
        try services.index.catchUp()
        return ArticleChange(stored)
    }
}

extension ArticleChange {
    /// The article as it is now.
    init(_ stored: StoredArticle) {
        self.init(
            articleId: stored.article.id,
            locale: stored.article.locale,
            version: Int(stored.version),
            status: ArticleStatus(stored.article.status)
        )
    }
}
