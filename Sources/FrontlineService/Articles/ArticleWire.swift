import FrontlineProtocol
import JSONRPC
import Knowledge
import Versioning
import Vocabulary

extension ArticleChange {
    /// Creates the wire form of an article.
    init(_ stored: StoredArticle) {
        self.init(
            articleId: stored.article.id,
            locale: stored.article.locale,
            version: Int(stored.version),
            status: stored.article.status
        )
    }
}

extension VersionEntry {
    /// Creates the wire form of a version.
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

extension Cursor? {
    /// The number of ranked results to skip.
    func offset() throws -> Int {
        let position = self?.position ?? 0
        guard position <= 10_000 else {
            throw KnowledgeError(.invalid, "a cursor of this method", argument: "cursor")
        }
        return Int(position)
    }
}

extension KnowledgeError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict, .refused:
            .refusal(.conflict, message, argument, current: currentVersion.map { ("version", $0) })
        case .invalid, .unreadable: .refusal(.invalidParams, message, argument)
        case .unavailable: .refusal(.unavailable, message, argument)
        }
    }
}

extension ArticleError: WireError {
    var wireError: RPCError? { .invalidParams(path: "params.xml", expected: "\(self)") }
}
