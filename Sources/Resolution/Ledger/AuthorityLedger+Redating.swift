package import AuditTrail
package import Storage
import Vocabulary

extension AuthorityLedger {
    /// How many entries of the ledger are dated after a moment.
    package static func entries(after moment: Int64, in transaction: some SQLReading) throws -> Int64 {
        try transaction.first(
            "SELECT COUNT(*) AS count FROM resolution_events WHERE at_microseconds > $1",
            [.integer(moment)]
        ) { try $0.integer("count") } ?? 0
    }

    /// Dates back to a moment what was written under a clock that was ahead, so that time goes on from there.
    ///
    /// Everything counts on: what was dated in the future is as old as the moment. The order of the ledger stays, and the
    /// log of changes keeps the dates that were written.
    ///
    /// - Parameters:
    ///   - moment: the time now, under a clock that is right.
    ///   - lifetime: how long a pending request waits, in microseconds.
    ///   - actor: who does it; recorded.
    ///   - transaction: the transaction that does it.
    /// - Returns: how many entries had another date.
    /// - Throws: the store's error.
    package static func redate(
        to moment: Int64,
        lifetime: Int64,
        by actor: AuditActor,
        in transaction: WriteTransaction
    ) throws -> Int64 {
        let count = try entries(after: moment, in: transaction)
        guard count > 0 else { return 0 }
        let statements = [
            "UPDATE resolution_events SET at_microseconds = $1 WHERE at_microseconds > $1",
            "UPDATE resolution_sums SET at_microseconds = $1 WHERE at_microseconds > $1",
            "UPDATE resolutions SET decided_microseconds = $1 WHERE decided_microseconds > $1",
            "UPDATE resolutions SET created_microseconds = $1 WHERE created_microseconds > $1",
        ]
        let redated = try transaction.rows(
            """
            SELECT resolution_id FROM resolutions WHERE created_microseconds > $1 OR decided_microseconds > $1
            """,
            [.integer(moment)]
        ) { try $0.text("resolution_id") }
        for id in redated { try Store.markOutdated(RecordKind.resolutions.rawValue, id, in: transaction) }
        for statement in statements { try transaction.execute(statement, [.integer(moment)]) }
        try transaction.execute(
            "UPDATE resolutions SET expires_microseconds = $1 WHERE expires_microseconds > $1",
            [.integer(moment + lifetime)]
        )
        try WindowSums.redateReleases(to: moment, in: transaction)
        let event = AuditEvent(
            actor: actor,
            action: "clock.repair",
            target: "resolutions",
            details: "\(count) entries were dated after this moment"
        )
        try AuditLog.append([event], at: moment, in: transaction)
        return count
    }
}
