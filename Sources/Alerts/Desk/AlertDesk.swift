package import Access
package import Customers
package import Policies
package import Storage
package import Texts
import Vocabulary

/// The alerts: raised by conversations, people and other modules, kept until they are settled,
/// and told in one numbered log.
///
/// Everything that changes an alert writes the row, the event and its number in one transaction. No task runs here:
/// the owner of the desk calls ``elapse(to:)`` regularly, so that alerts escalate, wake up and expire. A late call catches up
/// on everything that was due.
///
/// ## Topics
/// - ``past(of:in:)``, ``AlertRules/decide(_:of:past:now:)`` and ``write(_:of:now:in:)``
/// - ``raise(_:now:in:)``
/// - ``acknowledge(_:note:by:now:in:)``
/// - ``events(after:limit:)``
/// - ``elapse(to:)``
package final class AlertDesk: Sendable {
    let store: Store
    private let policies: PolicyStore
    /// The signals, as published.
    package let signals: SignalStore
    /// What alerts say, by language.
    let texts: TextCatalog
    let form: CanonicalForm

    /// `texts` is what alerts say, `form` how ids of customers are compared.
    package init(
        store: Store,
        policies: PolicyStore,
        texts: TextCatalog,
        form: CanonicalForm = CanonicalForm()
    ) {
        self.store = store
        self.policies = policies
        self.texts = texts
        self.form = form
        signals = SignalStore(store: store)
    }

    /// The tables of this module.
    package static let migrations = [
        Migration(
            "alerts-1",
            [
                """
                CREATE TABLE alerts (
                    id TEXT NOT NULL PRIMARY KEY,
                    number BIGINT NOT NULL UNIQUE,
                    status TEXT NOT NULL,
                    severity BIGINT NOT NULL,
                    kind TEXT NOT NULL,
                    subject_type TEXT NOT NULL,
                    subject_id TEXT NOT NULL,
                    conversation_id TEXT,
                    agent TEXT,
                    customer_id TEXT,
                    alert_group TEXT,
                    outcome TEXT,
                    raised_microseconds BIGINT NOT NULL,
                    due_microseconds BIGINT,
                    content TEXT NOT NULL
                )
                """,
                "CREATE INDEX alerts_by_subject ON alerts (subject_type, subject_id, kind)",
                "CREATE INDEX alerts_by_conversation ON alerts (conversation_id, number)",
                "CREATE INDEX alerts_by_customer ON alerts (customer_id)",
                "CREATE INDEX alerts_by_group ON alerts (alert_group, raised_microseconds)",
                "CREATE INDEX alerts_by_status ON alerts (status, number)",
                "CREATE INDEX alerts_by_agent ON alerts (agent, number)",
                "CREATE INDEX alerts_by_due ON alerts (due_microseconds)",
                "CREATE INDEX alerts_by_raised ON alerts (raised_microseconds)",
                """
                CREATE TABLE alert_teams (
                    alert_id TEXT NOT NULL,
                    team TEXT NOT NULL,
                    PRIMARY KEY (alert_id, team)
                )
                """,
                """
                CREATE TABLE alert_events (
                    cursor BIGINT NOT NULL PRIMARY KEY,
                    alert_id TEXT NOT NULL,
                    event TEXT NOT NULL,
                    at_microseconds BIGINT NOT NULL,
                    content TEXT NOT NULL
                )
                """,
                "CREATE INDEX alert_events_by_alert ON alert_events (alert_id)",
                """
                CREATE TABLE alert_contacts (
                    conversation_id TEXT NOT NULL PRIMARY KEY,
                    state TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE alert_calls (
                    subject TEXT NOT NULL PRIMARY KEY,
                    since_microseconds BIGINT NOT NULL,
                    calls BIGINT NOT NULL
                )
                """,
            ]
        ),
        Migration("alerts-tiers-1", ["ALTER TABLE alerts ADD COLUMN least_tier BIGINT"]),
        Migration(
            "alerts-marks",
            [
                """
                CREATE TABLE alert_marks (
                    subject TEXT NOT NULL PRIMARY KEY,
                    cursor BIGINT NOT NULL,
                    at_microseconds BIGINT NOT NULL
                )
                """
            ]
        ),
        Migration(
            "alerts-revisions",
            [
                "ALTER TABLE alerts ADD COLUMN withdrawn BIGINT NOT NULL DEFAULT 0",
                """
                CREATE TABLE alert_states (
                    conversation_id TEXT NOT NULL,
                    number BIGINT NOT NULL,
                    state TEXT NOT NULL,
                    alerts TEXT NOT NULL,
                    PRIMARY KEY (conversation_id, number)
                )
                """,
            ]
        ),
    ]

    /// The signals, the policy and the texts in force, for one turn; call it before the transaction that observes the turn.
    ///
    /// A policy that cannot be had is no error here: the turn goes on without it, and says so.
    ///
    /// - Throws: the store's error.
    package func rules() async throws -> AlertRules {
        let (book, texts) = (try await signals.book(), try await texts.shelf())
        do {
            return AlertRules(signals: book, texts: texts, policy: try await policies.policy(AlertRules.policyName))
        } catch let error as PolicyError {
            let defect = error.code == .notFound ? nil : "\(error)"
            return AlertRules(signals: book, texts: texts, policy: nil, defect: defect)
        }
    }

    /// A new alert with its number and name.
    func newAlert(
        _ request: AlertRequest,
        saying words: AlertWords,
        at now: Int64,
        in transaction: WriteTransaction
    ) throws -> Alert {
        let number = try Store.next("alerts", count: 1, in: transaction)
        var alert = Alert(
            id: "al-\(number)",
            number: number,
            kind: request.kind,
            severity: request.severity,
            subject: request.subject,
            conversation: request.conversationID,
            agent: request.agent,
            teams: request.teams,
            customer: request.customerID,
            customerKey: request.customerID.map { form($0) },
            leastTier: request.leastTier,
            segment: request.segment,
            group: request.group,
            reason: words.reason,
            because: words.because,
            text: words.text,
            evidence: words.evidence,
            locale: request.locale,
            summary: request.summary,
            count: request.count,
            others: request.turn == nil ? 1 : 0,
            turn: request.turn,
            raisedAt: now,
            updatedAt: now,
            expiresAt: now
        )
        alert.expiresAt = now + alert.lifetime
        alert.escalatesAt = request.escalateAfterSeconds.map { now + Int64($0) * 1_000_000 }
        return alert
    }
}

/// How far each subject has read the stream.
extension AlertDesk {
    /// Records that a subject has seen every event up to a cursor; an earlier cursor changes nothing.
    ///
    /// - Returns: the cursor up to which the subject has seen everything.
    /// - Throws: ``AlertError`` `invalid` for a cursor that was never returned; the store's error.
    package func markRead(
        _ cursor: Int64,
        by principal: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Int64 {
        guard try (0...AlertLog.head(in: transaction)).contains(cursor) else {
            throw AlertError(.invalid, Cursor.expectation, argument: "cursor")
        }
        return try transaction.first(
            """
            INSERT INTO alert_marks (subject, cursor, at_microseconds) VALUES ($1, $2, $3)
            ON CONFLICT (subject) DO UPDATE SET at_microseconds = excluded.at_microseconds,
                cursor = CASE WHEN alert_marks.cursor > excluded.cursor THEN alert_marks.cursor
                    ELSE excluded.cursor END
            RETURNING cursor
            """,
            [.text(principal.subject), .integer(cursor), .integer(now)]
        ) { try $0.integer("cursor") } ?? cursor
    }

    /// The cursor up to which a subject has said that it has seen everything; 0, the beginning, before the first time.
    package func mark(of principal: Principal) async throws -> Int64 {
        try await store.read { transaction in
            try transaction.first("SELECT cursor FROM alert_marks WHERE subject = $1", [.text(principal.subject)]) {
                try $0.integer("cursor")
            } ?? 0
        }
    }
}
