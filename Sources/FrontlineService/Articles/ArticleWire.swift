import FrontlineProtocol
import JSONRPC
import Knowledge
import Versioning

extension ArticleChange {
    /// Creates the wire form of an article.
    init(_ stored: StoredArticle) {
        self.init(
            articleId: stored.article.id,
            locale: stored.article.locale,
            version: Int(stored.version),
            status: ArticleStatus(stored.article.status)
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

extension ArticleStatus {
    /// Creates the wire form of a status.
    init(_ status: Article.Status) {
        switch status {
        case .draft: self = .draft
        case .published: self = .published
        case .retired: self = .retired
        }
    }

    /// The corresponding status of an article.
    var status: Article.Status {
        switch self {
        case .draft: .draft
        case .published: .published
        case .retired: .retired
        }
    }
}

extension ArticleAudience {
    /// Creates the wire form of an audience.
    init(_ audience: Article.Audience) {
        switch audience {
        case .agent: self = .agent
        case .supervisor: self = .supervisor
        case .knowledgeManager: self = .knowledgeManager
        }
    }
}

extension KnowledgeFeedback.Verdict {
    /// Creates the wire form of a verdict.
    init(_ verdict: Verdict) {
        switch verdict {
        case .shown: self = .shown
        case .opened: self = .opened
        case .used: self = .used
        case .helpful: self = .helpful
        case .notHelpful: self = .notHelpful
        case .wrong: self = .wrong
        case .outdated: self = .outdated
        }
    }
}

/// A cursor over ranked results: the number to skip.
enum OffsetCursor {
    static func text(_ offset: Int) -> String { String(offset) }

    static func offset(_ cursor: String?) throws -> Int {
        guard let cursor else { return 0 }
        guard let offset = Int(cursor), (0...10_000).contains(offset) else {
            throw KnowledgeError(.invalid, "the cursor is not one of this method", argument: "cursor")
        }
        return offset
    }
}

extension KnowledgeError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict, .refused:
            .refusal(.conflict, message, argument, current: currentVersion.map { ("version", $0) })
        case .invalid, .unreadable: .refusal(.invalidParams, message, argument)
        }
    }
}

extension ArticleError: WireError {
    var wireError: RPCError? { .invalidParams(path: "params.xml", expected: "\(self)") }
}
