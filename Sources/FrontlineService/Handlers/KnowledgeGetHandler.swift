import FrontlineProtocol
import Knowledge

struct KnowledgeGetHandler: MethodHandler {
    typealias Method = KnowledgeGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let stored = try services.knowledge.article(
            params.articleId,
            version: params.version.map(Int64.init),
            locales: params.locale.map { [$0] } ?? [caller.locale, "en"],
            isLocaleBinding: params.locale != nil,
            visibility: caller.visibility,
            now: caller.now
        )
        let article = stored.article
        return Method.Result(
            articleId: article.id,
            version: Int(stored.version),
            locale: article.locale,
            status: ArticleStatus(article.status),
            audience: ArticleAudience(article.audience),
            restrict: article.restrict.map(\.description),
            title: article.title,
            summary: article.summary,
            keywords: article.keywords,
            asked: article.asked,
            tags: article.tags,
            sections: article.sections.map { section in
                Method.Section(
                    kind: section.kind.rawValue,
                    title: section.title,
                    html: section.html,
                    text: section.text
                )
            },
            validFrom: article.validFrom.map(Timestamp.init(microseconds:)),
            validUntil: article.validUntil.map(Timestamp.init(microseconds:)),
            source: article.source,
            updatedAt: Timestamp(microseconds: stored.updatedAt),
            sha256: stored.sha256
        )
    }
}

extension ArticleStatus {
    /// The state as the wire names it.
    init(_ status: Article.Status) {
        switch status {
        case .draft: self = .draft
        case .published: self = .published
        case .retired: self = .retired
        }
    }

    /// The state as the module names it.
    var status: Article.Status {
        switch self {
        case .draft: .draft
        case .published: .published
        case .retired: .retired
        }
    }
}

extension ArticleAudience {
    /// The audience as the wire names it.
    init(_ audience: Article.Audience) {
        switch audience {
        case .agent: self = .agent
        case .supervisor: self = .supervisor
        case .knowledgeManager: self = .knowledgeManager
        }
    }
}
