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
