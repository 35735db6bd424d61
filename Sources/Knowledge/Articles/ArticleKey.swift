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
