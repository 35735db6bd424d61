// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum KnowledgeHistory: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var articleId: String
        public var locale: String?

        public init(articleId: String, locale: String? = nil) {
            self.articleId = articleId
            self.locale = locale
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The versions.
        public var versions: [VersionEntry]

        public init(versions: [VersionEntry]) {
            self.versions = versions
        }
    }

    public static let name = "knowledge.history"
    public static let summary = "Lists every version of an article, newest first"
    public static let access = MethodAccess.knowledgeReviewers
    public static let parameters = [
        "article_id": "The article's id",
        "locale": "The article's language; `en` unless given",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}

public enum KnowledgeCompare: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var articleId: String
        public var locale: String?
        public var from: Int
        public var to: Int

        public init(articleId: String, locale: String? = nil, from: Int, to: Int) {
            self.articleId = articleId
            self.locale = locale
            self.from = from
            self.to = to
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// What changed, the facts first, then the sections in their order; empty when nothing did.
        public var changes: [Change]

        public init(changes: [Change]) {
            self.changes = changes
        }
    }

    /// One change.
    public struct Change: Codable, Sendable, Hashable {
        /// What changed: `title`, `summary`, `status` and so on, or a section by its kind and title.
        public var section: String
        /// What happened.
        public var kind: ChangeKind
        /// The change in words.
        public var text: String

        public init(section: String, kind: ChangeKind, text: String) {
            self.section = section
            self.kind = kind
            self.text = text
        }
    }

    public static let name = "knowledge.compare"
    public static let summary = "Tells what changed between two versions of an article, in words"
    public static let access = MethodAccess.knowledgeReviewers
    public static let parameters = [
        "article_id": "The article",
        "locale": "Its language; `en` unless given",
        "from": "The version before",
        "to": "The version after",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
