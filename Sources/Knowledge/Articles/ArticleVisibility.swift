package import Access

/// What a caller may see: the one place that decides it, for single articles, lists and searches.
package struct ArticleVisibility: Sendable {
    private let principal: Principal
    /// The audiences that include the caller.
    package let audiences: Set<Article.Audience>
    /// Whether restrictions do not apply: to knowledge managers and admins.
    package let isExemptFromRestrictions: Bool
    /// Whether drafts, retired articles and articles outside their validity are seen.
    package let seesUnpublished: Bool

    /// What this caller may see.
    package init(of principal: Principal) {
        self.principal = principal
        var audiences: Set<Article.Audience> = [.agent]
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

    /// Whether the caller may see an article at the time `now`, in microseconds since 1970.
    package func includes(_ article: Article, now: Int64) -> Bool {
        guard audiences.contains(article.audience), meets(article.restrict) else { return false }
        return seesUnpublished || article.isInForce(at: now)
    }
}

extension Article {
    /// Whether it is published and within its validity.
    package func isInForce(at now: Int64) -> Bool {
        status == .published && validFrom.map { $0 <= now } ?? true && validUntil.map { now < $0 } ?? true
    }
}
