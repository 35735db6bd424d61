import AuditTrail
import Foundation
import Redaction
package import Storage
package import Vocabulary

/// A person's feedback on an article.
package struct ArticleFeedback: Sendable {
    package var verdict: ArticleVerdict
    package var queryID: String?
    package var conversationID: String?
    package var comment: String?
    /// What was said before; nil if nothing is to be learned from it.
    package var precedent: PrecedentDraft?

    package init(
        verdict: ArticleVerdict,
        queryID: String? = nil,
        conversationID: String? = nil,
        comment: String? = nil,
        precedent: PrecedentDraft? = nil
    ) {
        self.verdict = verdict
        self.queryID = queryID
        self.conversationID = conversationID
        self.comment = comment
        self.precedent = precedent
    }
}

extension KnowledgeBase {
    private static let maximumComments = 50
    private static let maximumComment = 1_000

    /// Records feedback on an article that the caller may see: counts the use and the vote, records what was said before, and
    /// opens or extends a complaint.
    ///
    /// - Throws: ``KnowledgeError`` `notFound`.
    package func give(
        _ feedback: ArticleFeedback,
        on id: String,
        locales: [String],
        by subject: String,
        visibility: ArticleVisibility,
        now: Int64
    ) async throws {
        let article = try await article(id, locales: locales, visibility: visibility, now: now).article
        let key = ArticleKey(id: article.id, locale: article.locale)
        try await store.write { try give(feedback, on: key, by: subject, now: now, in: $0) }
    }

    /// Records feedback in the caller's transaction, on an article that the caller has looked up.
    package func give(
        _ feedback: ArticleFeedback,
        on key: ArticleKey,
        by subject: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let comment = feedback.comment.map { Redactor().redact(String($0.prefix(Self.maximumComment))).text }
        try Self.record(feedback, on: key, by: subject, now: now, in: transaction)
        try Self.countUse(feedback.verdict, of: key, now: now, in: transaction)
        try Self.vote(feedback.verdict, on: key, by: subject, now: now, in: transaction)
        try Self.learn(from: feedback, on: key, now: now, in: transaction)
        if feedback.verdict.isComplaint {
            let said = comment.map {
                IssueComment(text: $0.replacing("\n", with: " "), conversation: feedback.conversationID)
            }
            try Self.complain(feedback.verdict, of: key, said, now: now, in: transaction)
        }
    }

    private static func record(
        _ feedback: ArticleFeedback,
        on key: ArticleKey,
        by subject: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let id = try Store.next("feedback", in: transaction)
        try transaction.execute(
            """
            INSERT INTO article_feedback (feedback_id, at_microseconds, article_id, locale, verdict, subject, query_id,
                conversation_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .integer(id), .integer(now), .text(key.id), .text(key.locale), .text(feedback.verdict.rawValue),
                .text(subject), .optional(feedback.queryID), .optional(feedback.conversationID),
            ]
        )
        if let search = feedback.queryID {
            try Store.markOutdated(RecordKind.searches.rawValue, search, in: transaction)
        }
    }

    private static func countUse(
        _ verdict: ArticleVerdict,
        of key: ArticleKey,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        guard verdict == .used else { return }
        try transaction.execute(
            """
            INSERT INTO article_uses (id, locale, uses, last_microseconds) VALUES ($1, $2, 1, $3)
            ON CONFLICT (id, locale) DO UPDATE SET uses = article_uses.uses + 1,
                last_microseconds = excluded.last_microseconds
            """,
            [.text(key.id), .text(key.locale), .integer(now)]
        )
    }

    private static func vote(
        _ verdict: ArticleVerdict,
        on key: ArticleKey,
        by subject: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let weight = Usefulness.vote(verdict)
        guard weight != 0 else { return }
        let before = try boost(of: key, in: transaction)
        try transaction.execute(
            """
            INSERT INTO article_votes (article_id, locale, subject, day, weight) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (article_id, locale, subject, day) DO UPDATE SET weight = excluded.weight
            """,
            [
                .text(key.id), .text(key.locale), .text(subject), .integer(now / LearningRules.microsecondsPerDay),
                .integer(weight),
            ]
        )
        // The index is updated only when the boost has changed noticeably.
        if abs(try boost(of: key, in: transaction) - before) >= 0.005 {
            try Store.recordChanges(topic: ArticleTable.topic, keys: [key.text], in: transaction)
        }
    }

    /// The factor by which an article's votes multiply its score.
    static func boost(of key: ArticleKey, in transaction: some SQLReading) throws -> Float {
        let votes = try transaction.first(
            """
            SELECT coalesce(sum(CASE WHEN weight > 0 THEN 1 ELSE 0 END), 0) AS votes_for,
                coalesce(sum(CASE WHEN weight < 0 THEN 1 ELSE 0 END), 0) AS votes_against
            FROM article_votes WHERE article_id = $1 AND locale = $2
            """,
            [.text(key.id), .text(key.locale)]
        ) { (try $0.integer("votes_for"), try $0.integer("votes_against")) }
        return Usefulness.boost(votesFor: votes?.0 ?? 0, votesAgainst: votes?.1 ?? 0)
    }

    private static func complain(
        _ verdict: ArticleVerdict,
        of key: ArticleKey,
        _ comment: IssueComment?,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let open = try transaction.first(
            """
            SELECT issue_id, comments, contacts FROM article_issues
            WHERE article_id = $1 AND locale = $2 AND verdict = $3 AND status = 'open'
            """,
            [.text(key.id), .text(key.locale), .text(verdict.rawValue)]
        ) { (try $0.text("issue_id"), try IssueComment.all($0.text("comments"), contacts: $0.text("contacts"))) }
        if let (id, comments) = open {
            let all = IssueComment.columns((comments + (comment.map { [$0] } ?? [])).suffix(maximumComments))
            try transaction.execute(
                """
                UPDATE article_issues SET reports = reports + 1, comments = $2, last_microseconds = $3, contacts = $4
                WHERE issue_id = $1
                """,
                [.text(id), .text(all.comments), .integer(now), .text(all.contacts)]
            )
            return
        }
        let number = try Store.next("issues", in: transaction)
        let columns = IssueComment.columns((comment.map { [$0] } ?? [])[...])
        try transaction.execute(
            """
            INSERT INTO article_issues (issue_id, article_id, locale, verdict, status, reports, comments,
                opened_microseconds, last_microseconds, contacts)
            VALUES ($1, $2, $3, $4, 'open', 1, $5, $6, $6, $7)
            """,
            [
                .text("iss_\(number)"), .text(key.id), .text(key.locale), .text(verdict.rawValue),
                .text(columns.comments),
                .integer(now), .text(columns.contacts),
            ]
        )
    }
}

/// How use influences an article's ranking: within bounds, slowly, and independently of exposure.
///
/// Each subject has one vote a day for an article, for or against it, so neither one person's many votes nor frequent
/// display at a high rank can push it up: only the balance of votes counts, not how often the article was seen. The
/// factor stays within 0.85 and 1.15 and needs about thirty net votes to come near a bound.
package enum Usefulness {
    /// The factor for the score of an article with these votes; 1 without votes.
    package static func boost(votesFor: Int64, votesAgainst: Int64) -> Float {
        let balance = Double(votesFor) - 2 * Double(votesAgainst)
        return Float(1 + 0.15 * tanh(balance / 20))
    }

    /// The vote of a verdict: for, against, or none.
    static func vote(_ verdict: ArticleVerdict) -> Int64 {
        switch verdict {
        case .used, .helpful: 1
        case .notHelpful, .wrong, .outdated: -1
        case .shown, .opened: 0
        }
    }
}

extension ArticleVerdict {
    /// Whether a knowledge manager should review the article.
    package var isComplaint: Bool { self == .notHelpful || self == .wrong || self == .outdated }
}
