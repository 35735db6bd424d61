/// An article as it stands in the store.
package struct StoredArticle: Sendable, Equatable {
    /// What was written.
    package let article: Article
    /// The number of the version, from 1.
    package let version: Int64
    /// The hash of the content.
    package let sha256: String
    /// When the version was written, in microseconds since 1970.
    package let updatedAt: Int64
}

/// What a list shows of an article.
package struct ArticleListing: Sendable, Hashable {
    /// Its place in lists: articles are numbered as they first arrive.
    package let number: Int64
    /// The article.
    package let key: ArticleKey
    /// The number of its version.
    package let version: Int64
    /// Its title.
    package let title: String
    /// Its state.
    package let status: Article.Status
    /// When the version was written, in microseconds since 1970.
    package let updatedAt: Int64
    /// How often it was used.
    package let uses: Int64
    /// The first moment it is valid, in microseconds since 1970; nil for always.
    package let validFrom: Int64?
    /// The first moment it is no longer valid, in microseconds since 1970; nil for never.
    package let validUntil: Int64?
}
