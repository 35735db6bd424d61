import Access
import Assist
import FrontlineProtocol
import JSONRPC
import Knowledge
import Vocabulary

struct KnowledgeFeedbackHandler: MethodHandler {
    typealias Method = KnowledgeFeedback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let precedent = try await self.precedent(params, for: caller)
        try await services.knowledge.give(
            ArticleFeedback(
                verdict: params.verdict,
                queryID: params.queryId,
                conversationID: params.conversationId,
                comment: params.comment,
                precedent: precedent
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

extension KnowledgeFeedbackHandler {
    /// What was said before the article was used; nil if nothing is to be learned from it.
    private func precedent(_ params: Method.Params, for caller: Caller) async throws -> PrecedentDraft? {
        guard params.verdict != .shown, services.index.meaning != nil else { return nil }
        // What was searched for is read from the log, where the last searches may be missing.
        if params.queryId != nil { try await services.searchLog.flush() }
        return try await services.assistant.precedent(
            of: params.articleId,
            in: params.conversationId,
            by: caller.principal,
            locale: caller.locale
        )
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

struct KnowledgeNeighboursHandler: MethodHandler {
    typealias Method = KnowledgeNeighbours
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let found = try await services.index.neighbours(
            of: params.text,
            limit: params.limit ?? 10,
            locale: params.locale ?? caller.locale,
            visibility: caller.visibility,
            now: caller.now
        )
        return Method.Result(
            neighbours: found.map { neighbour in
                Method.Neighbour(
                    text: neighbour.text,
                    articleId: neighbour.key.id,
                    locale: neighbour.key.locale,
                    used: neighbour.used,
                    opened: neighbour.opened,
                    similarity: (neighbour.similarity * 1_000).rounded() / 1_000
                )
            }
        )
    }
}
