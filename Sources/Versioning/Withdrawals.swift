import RFC3339
package import Storage

/// The withdrawal of a version from force.
package struct Withdrawal: Sendable, Hashable {
    /// When it was withdrawn, in microseconds since 1970.
    package let at: Int64
    package let by: String
    package let reason: String

    package init(at: Int64, by: String, reason: String) {
        self.at = at
        self.by = by
        self.reason = reason
    }
}

/// Content that was published before under the same name.
package struct EarlierVersion: Sendable, Hashable {
    /// The newest version with this content.
    package let version: Int64
    /// Whether it was rolled back.
    package let isWithdrawn: Bool
    /// Who rolled it back and why, if that was recorded.
    package let withdrawal: Withdrawal?

    package init(version: Int64, isWithdrawn: Bool, withdrawal: Withdrawal?) {
        self.version = version
        self.isWithdrawn = isWithdrawn
        self.withdrawal = withdrawal
    }

    /// A description: `version 2, which olga withdrew at 2026-11-21T10:00:00Z (limits were mistyped)`.
    package var text: String {
        guard let withdrawal else { return "version \(version)" + (isWithdrawn ? ", which was rolled back" : "") }
        return "version \(version), which \(withdrawal.by) withdrew at \(RFC3339.text(of: withdrawal.at)) "
            + "(\(withdrawal.reason))"
    }
}

/// The withdrawals of versions of one kind: who withdrew which version, when and why.
///
/// They are used with a ``VersionChain`` of the same kind. A version that is put into force again is no longer
/// withdrawn. ``Rollout/migrations`` creates the table.
package struct Withdrawals: Sendable {
    /// The kind of thing.
    package let kind: String

    package init(kind: String) { self.kind = kind }

    /// The withdrawals of a thing's versions, by version.
    package func all(of id: String, in transaction: some SQLReading) throws -> [Int64: Withdrawal] {
        let rows = try transaction.rows(
            """
            SELECT version, at_microseconds, withdrawn_by, reason FROM version_withdrawals WHERE kind = $1 AND id = $2
            """,
            [.text(kind), .text(id)]
        ) { row in
            (
                try row.integer("version"),
                Withdrawal(
                    at: try row.integer("at_microseconds"),
                    by: try row.text("withdrawn_by"),
                    reason: try row.text("reason")
                )
            )
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Records a withdrawal.
    func note(_ withdrawal: Withdrawal, of version: Int64, of id: String, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO version_withdrawals (kind, id, version, at_microseconds, withdrawn_by, reason)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (kind, id, version) DO UPDATE SET at_microseconds = excluded.at_microseconds,
                withdrawn_by = excluded.withdrawn_by, reason = excluded.reason
            """,
            [
                .text(kind), .text(id), .integer(version), .integer(withdrawal.at), .text(withdrawal.by),
                .text(withdrawal.reason),
            ]
        )
    }

    /// Removes a withdrawal, because the version is put into force again.
    func forget(_ version: Int64, of id: String, in transaction: WriteTransaction) throws {
        try transaction.execute(
            "DELETE FROM version_withdrawals WHERE kind = $1 AND id = $2 AND version = $3",
            [.text(kind), .text(id), .integer(version)]
        )
    }
}
