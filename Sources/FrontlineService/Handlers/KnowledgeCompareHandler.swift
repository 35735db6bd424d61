import FrontlineProtocol
import Knowledge

struct KnowledgeCompareHandler: MethodHandler {
    typealias Method = KnowledgeCompare
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let key = ArticleKey(id: params.articleId, locale: params.locale ?? "en")
        let changes = try services.knowledge.compare(
            key,
            from: Int64(params.from),
            to: Int64(params.to),
            visibility: caller.visibility,
            now: caller.now
        )
        return Method.Result(changes: changes.map(Method.Change.init))
    }
}

extension KnowledgeCompare.Change {
    init(_ change: ArticleDifference) {
        let kind: KnowledgeCompare.Kind =
            switch change.kind {
            case .added: .added
            case .removed: .removed
            case .changed: .changed
            }
        self.init(section: change.section, kind: kind, text: change.text)
    }
}
