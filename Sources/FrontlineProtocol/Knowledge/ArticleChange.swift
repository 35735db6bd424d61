// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

/// What became of an article that was published, retired or restored.
public struct ArticleChange: Codable, Sendable, Hashable {
    /// The article's id.
    public var articleId: String
    /// Its language.
    public var locale: String
    /// The version that is now in force.
    public var version: Int
    /// The state it is in now.
    public var status: ArticleStatus

    /// Makes the value from its members.
    public init(articleId: String, locale: String, version: Int, status: ArticleStatus) {
        self.articleId = articleId
        self.locale = locale
        self.version = version
        self.status = status
    }
}

public enum KnowledgePublish: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var articleId: String
        public var locale: String?
        public var note: String?
        public var force: Bool?

        public init(articleId: String, locale: String? = nil, note: String? = nil, force: Bool? = nil) {
            self.articleId = articleId
            self.locale = locale
            self.note = note
            self.force = force
        }
    }

    public typealias Result = ArticleChange

    public static let name = "knowledge.publish"
    public static let summary = "Puts an article in force"
    public static let access = MethodAccess.knowledgeManagers
    public static let parameters = [
        "article_id": "The article's id",
        "locale": "The article's language; `en` unless given",
        "note": "What is to be remembered of it, with the version",
        "force": "Whether it is done during a freeze of the calendar; recorded in the audit log",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        if let note = params.note { try Limits.check(note, path: "params.note") }
    }
}

public enum KnowledgeRetire: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var articleId: String
        public var locale: String?
        public var reason: String

        public init(articleId: String, locale: String? = nil, reason: String) {
            self.articleId = articleId
            self.locale = locale
            self.reason = reason
        }
    }

    public typealias Result = ArticleChange

    public static let name = "knowledge.retire"
    public static let summary = "Takes an article out of force; its history stays"
    public static let access = MethodAccess.knowledgeManagers
    public static let parameters = [
        "article_id": "The article's id",
        "locale": "The article's language; `en` unless given",
        "reason": "Why; recorded",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.reason, path: "params.reason")
    }
}

public enum KnowledgeRestore: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var articleId: String
        public var locale: String?
        public var version: Int
        public var reason: String

        public init(articleId: String, locale: String? = nil, version: Int, reason: String) {
            self.articleId = articleId
            self.locale = locale
            self.version = version
            self.reason = reason
        }
    }

    public typealias Result = ArticleChange

    public static let name = "knowledge.restore"
    public static let summary = "Makes the content of an earlier version the newest one"
    public static let access = MethodAccess.knowledgeManagers
    public static let parameters = [
        "article_id": "The article's id",
        "locale": "The article's language; `en` unless given",
        "version": "The version whose content comes back",
        "reason": "Why; recorded",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.reason, path: "params.reason")
    }
}
