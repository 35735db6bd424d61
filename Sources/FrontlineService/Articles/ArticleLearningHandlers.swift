import Access
import FrontlineProtocol
import JSONRPC
import Knowledge
import Vocabulary

struct KnowledgeFeedbackHandler: MethodHandler {
    typealias Method = KnowledgeFeedback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await services.knowledge.give(
            ArticleFeedback(
                verdict: params.verdict,
                queryID: params.queryId,
                conversationID: params.conversationId,
                comment: params.comment
            ),
            on: params.articleId,
            locales: params.locale.map { [$0] } ?? [caller.locale, "en"],
            by: caller.principal.subject,
            visibility: caller.visibility,
            now: caller.now
        )
        return Method.Result()
    }
}

struct KnowledgeIssuesHandler: MethodHandler {
    typealias Method = KnowledgeIssues
    private static let maximumGroups = 20
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let limit = params.limit ?? 50
        let offset = try params.cursor.offset()
        let found = try await services.knowledge.issues(
            isOpen: params.status != .resolved,
            offset: offset,
            limit: limit + 1
        )
        return Method.Result(
            issues: found.prefix(limit).map(issue),
            groups: params.cursor == nil ? try await groups(isOpen: params.status != .resolved) : nil,
            nextCursor: found.count > limit ? Cursor(Int64(offset + limit)) : nil
        )
    }

    private func groups(isOpen: Bool) async throws -> [Method.Group] {
        try await services.knowledge.complaintGroups(
            isOpen: isOpen,
            limit: Self.maximumGroups,
            by: services.grouping
        ).map { group in
            Method.Group(
                name: group.name,
                examples: group.examples,
                comments: group.comments,
                issueIds: group.issues,
                articles: group.articles,
                groupedBy: group.grouping
            )
        }
    }

    private func issue(_ issue: ArticleIssue) -> Method.Issue {
        Method.Issue(
            issueId: issue.id,
            articleId: issue.key.id,
            locale: issue.key.locale,
            verdict: issue.verdict,
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

struct KnowledgeResolveIssueHandler: MethodHandler {
    typealias Method = KnowledgeResolveIssue
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await services.knowledge.resolveIssue(
            params.issueId,
            outcome: params.outcome,
            by: caller.principal.auditActor,
            now: caller.now
        )
        return Method.Result()
    }
}

struct KnowledgeGapsHandler: MethodHandler {
    typealias Method = KnowledgeGaps
    /// The default period of 30 days, in microseconds.
    static let standardPeriod: Int64 = 30 * 86_400_000_000
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await services.searchLog.flush()
        let since = params.since?.microseconds ?? caller.now - Self.standardPeriod
        let gaps = try await services.knowledge.gaps(since: since, limit: params.limit ?? 20, by: services.grouping)
        return Method.Result(
            gaps: gaps.map { gap in
                Method.Gap(
                    name: gap.name,
                    example: gap.example,
                    examples: gap.examples,
                    queries: gap.queries,
                    zeroResults: gap.zeroResults,
                    noUse: gap.noUse,
                    people: gap.people,
                    lastAt: Timestamp(microseconds: gap.lastAt),
                    terms: gap.terms,
                    groupedBy: gap.grouping
                )
            }
        )
    }
}
