package import Vocabulary

/// An article in the store, with its version.
package struct StoredArticle: Sendable, Equatable {
    package let article: Article
    /// The number of the version, from 1.
    package let version: Int64
    /// The SHA-256 hash of the canonical content.
    package let sha256: String
    /// When the version was written, in microseconds since 1970.
    package let updatedAt: Int64
}

/// An article's entry in a list.
package struct ArticleListing: Sendable, Hashable {
    /// Its position in lists: articles are numbered when they are first written.
    package let number: Int64
    package let key: ArticleKey
    package let version: Int64
    package let title: String
    package let status: ArticleStatus
    /// When the version was written, in microseconds since 1970.
    package let updatedAt: Int64
    package let uses: Int64
    /// The start of validity (inclusive), in microseconds since 1970; nil if unlimited.
    package let validFrom: Int64?
    /// The end of validity (exclusive), in microseconds since 1970; nil if unlimited.
    package let validUntil: Int64?
}
