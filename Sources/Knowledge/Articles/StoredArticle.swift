import Storage
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

extension Article {
    /// Reads an article from the form in which it is stored.
    ///
    /// - Throws: ``StorageError`` `corrupt` when the content was not written by ``canonicalXML``.
    init(canonicalXML: String, source: String) throws(StorageError) {
        var options = ArticleReader.Options()
        options.source = source
        let reader = ArticleReader(.bytes(Array(canonicalXML.utf8), name: "store"), options: options)
        guard case .article(let article, _)? = reader.next() else {
            throw StorageError(code: .corrupt, message: "a stored article cannot be read")
        }
        self = article
    }
}

/// The identity of an article: its id and its language.
package struct ArticleKey: Sendable, Hashable, Comparable {
    /// The id, which an article shares with its versions in other languages.
    package let id: String
    /// The language tag.
    package let locale: String

    package init(id: String, locale: String) {
        self.id = id
        self.locale = locale
    }

    /// The key as one string.
    ///
    /// A language tag contains no slash, so the first slash ends it.
    package var text: String { "\(locale)/\(id)" }

    /// Reads a key written by ``text``.
    package init?(text: String) {
        guard let slash = text.firstIndex(of: "/") else { return nil }
        locale = String(text[..<slash])
        id = String(text[text.index(after: slash)...])
    }

    /// By id, then by language.
    package static func < (left: ArticleKey, right: ArticleKey) -> Bool {
        (left.id, left.locale) < (right.id, right.locale)
    }
}
