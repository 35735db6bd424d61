import FrontlineProtocol
import Knowledge
import Versioning

struct KnowledgeHistoryHandler: MethodHandler {
    typealias Method = KnowledgeHistory
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let key = ArticleKey(id: params.articleId, locale: params.locale ?? "en")
        let versions = try services.knowledge.history(of: key, visibility: caller.visibility, now: caller.now)
        return Method.Result(versions: versions.map(VersionEntry.init))
    }
}

extension VersionEntry {
    /// A version as the wire shows it.
    init(_ version: Version) {
        self.init(
            version: Int(version.number),
            sha256: version.sha256,
            at: Timestamp(microseconds: version.at),
            by: version.by,
            note: version.note
        )
    }
}
