package import Vocabulary

/// One knowledge article as an author or an import supplies it, before the store gives it a version.
///
/// An article is identified by (``id``, ``locale``). Values come from ``ArticleReader`` or pass ``validate()`` before
/// they are stored.
package struct Article: Equatable, Sendable {
    /// At most 200 characters, without control characters.
    package var id: String
    /// A BCP 47 language tag such as `en` or `de-AT`.
    package var locale: String
    package var status: ArticleStatus
    package var audience: ArticleAudience
    /// Conditions that the reader's attributes must all meet.
    package var restrict: [AttributeCondition]
    /// At most 1,000 characters, on a single line.
    package var title: String
    package var summary: String?
    package var keywords: [String]
    /// What customers say when this article fits, each at most 500 characters.
    package var asked: [String]
    package var tags: [String]
    package var sections: [Section]
    /// Inclusive, in microseconds since 1970 (UTC).
    package var validFrom: Int64?
    /// Exclusive, in microseconds since 1970 (UTC).
    package var validUntil: Int64?
    /// The collection it was imported from, or `local`.
    package var source: String

    /// A part of the article, modelled on the elements of Knowledge-Centered Service.
    package struct Section: Equatable, Sendable {
        package enum Kind: String, CaseIterable, Sendable {
            case issue, environment, cause, resolution, body, faq
        }

        package var kind: Kind
        package var title: String?
        /// Well-formed markup in the subset of ``MarkupTag``, escaped.
        package var html: String
        /// The plain text: one line for each block, list item and table cell.
        package var text: String

        package init(kind: Kind, title: String? = nil, html: String, text: String) {
            self.kind = kind
            self.title = title
            self.html = html
            self.text = text
        }
    }

    package init(
        id: String,
        locale: String = "en",
        status: ArticleStatus = .published,
        audience: ArticleAudience = .agent,
        restrict: [AttributeCondition] = [],
        title: String,
        summary: String? = nil,
        keywords: [String] = [],
        asked: [String] = [],
        tags: [String] = [],
        sections: [Section] = [],
        validFrom: Int64? = nil,
        validUntil: Int64? = nil,
        source: String = "local"
    ) {
        self.id = id
        self.locale = locale
        self.status = status
        self.audience = audience
        self.restrict = restrict
        self.title = title
        self.summary = summary
        self.keywords = keywords
        self.asked = asked
        self.tags = tags
        self.sections = sections
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.source = source
    }
}
