import TextSearch
import Vocabulary

/// The labels by which articles are filtered.
enum ArticleLabel {
    static func audience(_ audience: ArticleAudience) -> String { "audience:\(audience.rawValue)" }
    static func restriction(_ text: String) -> String { "restrict:\(text)" }
    static func tag(_ tag: String) -> String { "tag:\(tag)" }
}

extension SearchDocument {
    /// Creates the searchable form of an article.
    init(_ article: Article, key: String, boost: Float) {
        self.init(
            key: key,
            locale: article.locale,
            title: article.title,
            keywords: article.keywords.joined(separator: "\n"),
            asked: article.asked.joined(separator: "\n"),
            summary: article.summary ?? "",
            headings: article.sections.compactMap(\.title).joined(separator: "\n"),
            body: article.sections.map(\.text).joined(separator: "\n"),
            labels: article.labels,
            validFrom: article.validFrom,
            validUntil: article.validUntil,
            boost: boost
        )
    }
}

extension Article {
    /// The labels by which searches filter the article.
    var labels: [String] {
        [ArticleLabel.audience(audience), ArticleLabel.restriction(restriction)] + tags.map(ArticleLabel.tag)
    }

    /// The restrictions of the article as one text.
    var restriction: String { restrict.map(\.description).joined(separator: " ") }
}
