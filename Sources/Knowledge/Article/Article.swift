/// One knowledge article as it is written: what an author or an import supplies, before the store numbers it.
///
/// Identity is (``id``, ``locale``). Values come out of ``ArticleReader`` or pass ``validate()`` before they are kept.
package struct Article: Equatable, Sendable {
    /// At most 200 characters, none of them a control character.
    package var id: String
    /// A BCP 47 language tag such as `en` or `de-AT`.
    package var locale: String
    package var status: Status
    package var audience: Audience
    /// Conditions all of which the reader's attributes must meet.
    package var restrict: [AttributeCondition]
    /// At most 1,000 characters, on one line.
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
    /// The collection it was imported from; `local` for none.
    package var source: String

    /// Whether agents find it.
    package enum Status: String, CaseIterable, Sendable {
        case draft, published, retired
    }

    /// The least role that may see it.
    package enum Audience: String, CaseIterable, Sendable {
        case agent, supervisor
        case knowledgeManager = "knowledge_manager"
    }

    /// A part of the article, after the elements of Knowledge-Centered Service.
    package struct Section: Equatable, Sendable {
        /// What a section says.
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
        status: Status = .published,
        audience: Audience = .agent,
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
