import FrontlineProtocol
import Knowledge

struct KnowledgeListHandler: MethodHandler {
    typealias Method = KnowledgeList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let filter = ArticleFilter(
            status: params.status?.status,
            tags: params.tags ?? [],
            locale: params.locale,
            expiringBefore: params.expiringBefore?.microseconds,
            unusedSince: params.unusedSince?.microseconds,
            after: try params.cursor.map(number),
            limit: params.limit ?? 50
        )
        let (articles, isComplete) = try services.knowledge.list(
            filter,
            visibility: caller.visibility,
            now: caller.now
        )
        return Method.Result(
            articles: articles.map(listing),
            nextCursor: isComplete ? nil : articles.last.map { String($0.number) }
        )
    }

    private func number(_ cursor: String) throws -> Int64 {
        guard let number = Int64(cursor), number >= 0 else {
            throw KnowledgeError(.invalid, "the cursor is not one of this method", argument: "cursor")
        }
        return number
    }

    private func listing(_ article: ArticleListing) -> Method.Article {
        Method.Article(
            articleId: article.key.id,
            version: Int(article.version),
            locale: article.key.locale,
            title: article.title,
            status: ArticleStatus(article.status),
            updatedAt: Timestamp(microseconds: article.updatedAt),
            uses: Int(article.uses),
            validFrom: article.validFrom.map(Timestamp.init(microseconds:)),
            validUntil: article.validUntil.map(Timestamp.init(microseconds:))
        )
    }
}
