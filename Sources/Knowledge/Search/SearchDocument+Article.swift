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
    init(_ article: Article, key: String, restriction: String, boost: Float) {
        self.init(
            key: key,
            locale: article.locale,
            title: article.title,
            keywords: article.keywords.joined(separator: "\n"),
            asked: article.asked.joined(separator: "\n"),
            summary: article.summary ?? "",
            headings: article.sections.compactMap(\.title).joined(separator: "\n"),
            body: article.sections.map(\.text).joined(separator: "\n"),
            labels: [ArticleLabel.audience(article.audience), ArticleLabel.restriction(restriction)]
                + article.tags.map(ArticleLabel.tag),
            validFrom: article.validFrom,
            validUntil: article.validUntil,
            boost: boost
        )
    }
}
