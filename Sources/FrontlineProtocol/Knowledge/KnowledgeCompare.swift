public import JSONRPC
public import Vocabulary

/// Tells what changed between two versions of an article, in words.
public enum KnowledgeCompare: FrontlineMethod {
    /// What `knowledge.compare` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The article.
        public var articleId: String
        /// Its language; `en` unless given.
        public var locale: String?
        /// The version before.
        public var from: Int
        /// The version after.
        public var to: Int

        /// Makes the value from its members.
        public init(articleId: String, locale: String? = nil, from: Int, to: Int) {
            self.articleId = articleId
            self.locale = locale
            self.from = from
            self.to = to
        }
    }

    /// What `knowledge.compare` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// What changed, the facts first, then the sections in their order; empty when nothing did.
        public var changes: [Change]

        /// Makes the value from its members.
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

        /// Makes the value from its members.
        public init(section: String, kind: ChangeKind, text: String) {
            self.section = section
            self.kind = kind
            self.text = text
        }
    }

    /// The name on the wire.
    public static let name = "knowledge.compare"
    /// The method in one line.
    public static let summary = "Tells what changed between two versions of an article, in words"
    /// Who may call it.
    public static let access = MethodAccess.knowledgeReviewers
    /// What each parameter means.
    public static let parameters = [
        "article_id": "The article",
        "locale": "Its language; `en` unless given",
        "from": "The version before",
        "to": "The version after",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
