import Storage
import Timekeeping

extension AuthorityLedger {
    /// How many requests one transaction lets expire.
    private static let expiryBatch: Int64 = 500

    /// Ends the requests whose time to be decided is over; whoever looks finds them expired, swept or not.
    ///
    /// - Returns: how many there were.
    @discardableResult
    package func expireDue(now: Int64) throws -> Int {
        guard try store.readNow({ try self.isAnyDue(now: now, in: $0) }) else { return 0 }
        _ = try keyedHash()
        let expired = try store.writeNow { try expireDue(now: now, in: $0) }
        for grant in expired { observer.committed(grant, now: now) }
        return expired.count
    }

    /// The same inside a transaction.
    func expireDue(now: Int64, in transaction: WriteTransaction) throws -> [Grant] {
        let moment = try Self.moment(now, in: transaction)
        var expired: [Grant] = []
        while true {
            let due = try transaction.rows(
                """
                SELECT \(GrantTable.columns) FROM resolutions WHERE status = 'pending' AND expires_microseconds <= $1
                ORDER BY expires_microseconds LIMIT $2
                """,
                [.integer(moment), .integer(Self.expiryBatch)],
                GrantTable.stored
            )
            for stored in due { expired.append(try expire(stored, at: moment, in: transaction)) }
            if due.count < Self.expiryBatch { return expired }
        }
    }

    /// Nothing is due by a clock that nobody believes.
    private func isAnyDue(now: Int64, in transaction: some SQLReading) throws -> Bool {
        do { try clock.check(now, in: transaction) } catch is ClockError { return false }
        let moment = try Self.moment(now, in: transaction)
        return try transaction.first(
            "SELECT 1 FROM resolutions WHERE status = 'pending' AND expires_microseconds <= $1 LIMIT 1",
            [.integer(moment)]
        ) { _ in true } ?? false
    }

    private func expire(
        _ stored: GrantTable.Stored,
        at moment: Int64,
        in transaction: WriteTransaction
    ) throws -> Grant {
        var stored = stored
        try release(stored, in: transaction)
        stored.grant.status = .expired
        stored.grant.decidedAt = moment
        try GrantTable.update(stored, in: transaction)
        let sequence = try Self.nextSequence(in: transaction)
        try record("expired", stored.grant, sequence: sequence, actor: nil, at: moment, in: transaction)
        try observer.changed(stored.grant, in: transaction, now: moment)
        return stored.grant
    }
}
