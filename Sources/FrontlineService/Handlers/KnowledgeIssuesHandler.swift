import FrontlineProtocol
import JSONRPC
import Knowledge

struct KnowledgeIssuesHandler: MethodHandler {
    typealias Method = KnowledgeIssues
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let limit = params.limit ?? 50
        let offset = try OffsetCursor.offset(params.cursor)
        let found = try services.knowledge.issues(
            isOpen: params.status != .resolved,
            offset: offset,
            limit: limit + 1
        )
        return Method.Result(
            issues: found.prefix(limit).map(issue),
            nextCursor: found.count > limit ? OffsetCursor.text(offset + limit) : nil
        )
    }

    private func issue(_ issue: ArticleIssue) -> Method.Issue {
        Method.Issue(
            issueId: issue.id,
            articleId: issue.key.id,
            locale: issue.key.locale,
            verdict: KnowledgeFeedback.Verdict(issue.verdict),
            status: issue.isOpen ? .open : .resolved,
            reports: Int(issue.reports),
            comments: issue.comments,
            openedAt: Timestamp(microseconds: issue.openedAt),
            lastAt: Timestamp(microseconds: issue.lastAt),
            outcome: issue.outcome,
            resolvedBy: issue.resolvedBy
        )
    }
}

extension KnowledgeFeedback.Verdict {
    /// The verdict as the wire names it.
    init(_ verdict: Verdict) {
        switch verdict {
        case .shown: self = .shown
        case .opened: self = .opened
        case .used: self = .used
        case .helpful: self = .helpful
        case .notHelpful: self = .notHelpful
        case .wrong: self = .wrong
        case .outdated: self = .outdated
        }
    }
}
