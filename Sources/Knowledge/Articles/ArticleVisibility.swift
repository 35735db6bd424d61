package import Access
package import Vocabulary

/// Which articles a caller may see; single articles, lists and searches all ask this type.
package struct ArticleVisibility: Sendable {
    private let principal: Principal
    /// The audiences that include the caller.
    package let audiences: Set<ArticleAudience>
    /// Whether restrictions do not apply, as for knowledge managers and admins.
    package let isExemptFromRestrictions: Bool
    /// Whether drafts, retired articles and articles outside their validity are visible.
    package let seesUnpublished: Bool

    package init(of principal: Principal) {
        self.principal = principal
        var audiences: Set<ArticleAudience> = [.agent]
        if principal.holds(anyOf: [.supervisor, .knowledgeManager, .operations, .auditor]) {
            audiences.insert(.supervisor)
        }
        if principal.holds(anyOf: [.knowledgeManager]) { audiences.insert(.knowledgeManager) }
        self.audiences = audiences
        isExemptFromRestrictions = principal.holds(anyOf: [.knowledgeManager])
        seesUnpublished = principal.holds(anyOf: [.knowledgeManager, .auditor])
    }

    /// Whether the caller's attributes meet every condition.
    package func meets(_ conditions: [AttributeCondition]) -> Bool {
        isExemptFromRestrictions || conditions.allSatisfy { principal.has($0.name, $0.value) }
    }

    /// Whether the caller may see an article at `now`, in microseconds since 1970.
    package func includes(_ article: Article, now: Int64) -> Bool {
        guard audiences.contains(article.audience), meets(article.restrict) else { return false }
        return seesUnpublished || article.isInForce(at: now)
    }
}

extension Article {
    /// Whether the article is published and valid at `now`, in microseconds since 1970.
    package func isInForce(at now: Int64) -> Bool {
        status == .published && validFrom.map { $0 <= now } ?? true && validUntil.map { now < $0 } ?? true
    }
}
