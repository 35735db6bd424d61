package import AuditTrail
import Storage
package import Vocabulary

/// A complaint about an article: the reports of one kind since it was opened.
package struct ArticleIssue: Sendable, Hashable {
    package let id: String
    package let key: ArticleKey
    package let verdict: ArticleVerdict
    package let isOpen: Bool
    package let reports: Int64
    /// The last fifty comments, oldest first, redacted.
    package let comments: [String]
    /// Microseconds since 1970.
    package let openedAt: Int64
    /// Microseconds since 1970.
    package let lastAt: Int64
    package let outcome: String?
    package let resolvedBy: String?
}

extension KnowledgeBase {
    /// Lists complaints, those with the most reports first.
    ///
    /// - Parameters:
    ///   - isOpen: true for open ones, false for resolved ones, nil for all.
    ///   - offset: the number to skip.
    ///   - limit: the largest number to return.
    /// - Returns: the complaints.
    /// - Throws: the store's error.
    package func issues(isOpen: Bool?, offset: Int, limit: Int) async throws -> [ArticleIssue] {
        let condition =
            switch isOpen {
            case true?: "WHERE status = 'open'"
            case false?: "WHERE status = 'resolved'"
            case nil: ""
            }
        return try await store.read { transaction in
            try transaction.rows(
                """
                SELECT issue_id, article_id, locale, verdict, status, reports, comments, opened_microseconds,
                    last_microseconds, outcome, resolved_by
                FROM article_issues \(condition) ORDER BY reports DESC, last_microseconds DESC, issue_id
                LIMIT $1 OFFSET $2
                """,
                [.integer(Int64(limit)), .integer(Int64(offset))],
                Self.issue
            )
        }
    }

    /// Closes a complaint; a later report of the same kind opens a new one.
    ///
    /// - Throws: ``KnowledgeError`` `notFound`; `conflict` when it is already closed.
    package func resolveIssue(_ id: String, outcome: String, by actor: AuditActor, now: Int64) async throws {
        try await store.write { transaction in
            let status = try transaction.first(
                "SELECT status FROM article_issues WHERE issue_id = $1",
                [.text(id)]
            ) { try $0.text("status") }
            guard let status else { throw KnowledgeError(.notFound, "there is no issue “\(id)”", argument: "issue_id") }
            guard status == "open" else { throw KnowledgeError(.conflict, "the issue “\(id)” is resolved already") }
            try transaction.execute(
                """
                UPDATE article_issues SET status = 'resolved', outcome = $2, resolved_by = $3, resolved_microseconds = $4
                WHERE issue_id = $1
                """,
                [.text(id), .text(outcome), .text(actor.name), .integer(now)]
            )
            let event = AuditEvent(actor: actor, action: "knowledge.resolve_issue", target: id, text: outcome)
            try AuditLog.append([event], at: now, in: transaction)
        }
    }

    private static func issue(_ row: SQLRow) throws -> ArticleIssue {
        let verdict = try ArticleVerdict(stored: row.text("verdict"), as: "the verdict of an issue")
        return ArticleIssue(
            id: try row.text("issue_id"),
            key: ArticleKey(id: try row.text("article_id"), locale: try row.text("locale")),
            verdict: verdict,
            isOpen: try row.text("status") == "open",
            reports: try row.integer("reports"),
            comments: try row.text("comments").split(separator: "\n").map(String.init),
            openedAt: try row.integer("opened_microseconds"),
            lastAt: try row.integer("last_microseconds"),
            outcome: try row.optionalText("outcome"),
            resolvedBy: try row.optionalText("resolved_by")
        )
    }
}
