import Storage
import Timekeeping
import Vocabulary

/// Requests that nobody decided in time.
///
/// A request expires at the moment that stands in its row. From then on everybody who reads it finds it expired, and it
/// counts in no window, whether or not that is written yet. Only ``expireDue(now:batch:)`` writes it, called by a timer.
extension AuthorityLedger {
    /// The most requests that one transaction lets expire.
    package static let expiryBatch = 500

    /// Writes that the overdue requests have expired, and takes them out of the windows.
    ///
    /// Each transaction ends at most `batch` requests, so that no other writer waits for all of them. Where nothing is
    /// overdue, it only reads.
    ///
    /// - Returns: how many requests it ended.
    /// - Throws: the store's error; the transactions before it stay committed.
    @discardableResult
    package func expireDue(now: Int64, batch: Int = AuthorityLedger.expiryBatch) async throws -> Int {
        var count = 0
        while try await store.read({ try self.isAnyDue(now: now, in: $0) }) {
            let expired = try await transactions.write { transaction in
                let events = try self.expireDue(now: now, batch: batch, in: transaction)
                return Eventful(events.count, events)
            }
            count += expired
            if expired < batch { break }
        }
        return count
    }

    /// One transaction of ``expireDue(now:batch:)``.
    private func expireDue(now: Int64, batch: Int, in transaction: WriteTransaction) throws -> [GrantDomainEvent] {
        guard let moment = try expiryMoment(now, in: transaction) else { return [] }
        return try transaction.rows(
            """
            SELECT \(GrantTable.columns) FROM resolutions WHERE status = 'pending' AND expires_microseconds <= $1
            ORDER BY expires_microseconds LIMIT $2
            """,
            [.integer(moment), .integer(Int64(batch))],
            GrantTable.stored
        ).map { try expire($0, at: moment, in: transaction) }
    }

    /// The moment up to which requests have expired; nil under a clock that is not believed, by which nothing expires.
    func expiryMoment(_ now: Int64, in transaction: some SQLReading) throws -> Int64? {
        do { try clock.check(now, in: transaction) } catch is ClockError { return nil }
        return try Self.moment(now, in: transaction)
    }

    private func isAnyDue(now: Int64, in transaction: some SQLReading) throws -> Bool {
        guard let moment = try expiryMoment(now, in: transaction) else { return false }
        return try transaction.first(
            "SELECT 1 FROM resolutions WHERE status = 'pending' AND expires_microseconds <= $1 LIMIT 1",
            [.integer(moment)]
        ) { _ in true } ?? false
    }

    /// What the sums still hold of requests that are overdue at a moment.
    ///
    /// Costs a row for each of them; the timer keeps them few.
    func overdue(at moment: Int64, in transaction: some SQLReading) throws -> [LeftOut] {
        try transaction.rows(Self.overdueQuestion(at: moment)) { row in
            LeftOut(
                scopes: CaseScopes(json: try JSON(parsing: try row.text("scopes"))),
                action: try row.text("action"),
                currency: try row.optionalText("currency") ?? "",
                at: try row.integer("created_microseconds"),
                minorUnits: try row.optionalInteger("minor_units") ?? 0
            )
        }
    }

    /// What ``overdue(at:in:)`` asks.
    static func overdueQuestion(at moment: Int64) -> SQLQuestion {
        SQLQuestion(
            """
            SELECT scopes, action, currency, minor_units, created_microseconds FROM resolutions
            WHERE status = 'pending' AND expires_microseconds <= $1
            """,
            [.integer(moment)]
        )
    }

    /// Ends an overdue request in a transaction.
    func expire(
        _ stored: GrantTable.Stored,
        at moment: Int64,
        in transaction: WriteTransaction
    ) throws -> GrantDomainEvent {
        let expired = stored.standing(at: moment)
        try release(expired, in: transaction)
        try GrantTable.update(expired, in: transaction)
        let sequence = try Self.nextSequence(in: transaction)
        try record("expired", expired.grant, sequence: sequence, actor: nil, at: moment, in: transaction)
        return .changed(expired.grant, at: moment)
    }
}

extension Grant {
    /// Whether it has waited for a decision as long as it may; false without a moment.
    func isOverdue(at moment: Int64?) -> Bool {
        guard status == .pending, let moment, let expiresAt else { return false }
        return expiresAt <= moment
    }

    /// The request as it stands at a moment: one that is overdue has expired at its time.
    func standing(at moment: Int64?) -> Grant {
        guard isOverdue(at: moment) else { return self }
        var grant = self
        (grant.status, grant.decidedAt) = (.expired, expiresAt)
        return grant
    }
}

extension GrantTable.Stored {
    /// The row with its request as it stands at a moment.
    func standing(at moment: Int64?) -> GrantTable.Stored {
        var stored = self
        stored.grant = grant.standing(at: moment)
        return stored
    }
}
