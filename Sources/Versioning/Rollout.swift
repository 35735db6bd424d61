package import Storage

/// A version that is in force for some or for all.
package struct RolloutEntry: Sendable, Hashable {
    /// The version.
    package let version: Int64
    /// Who gets it, unless a newer entry includes them.
    package let audience: Audience

    package init(version: Int64, audience: Audience) {
        self.version = version
        self.audience = audience
    }
}

/// Which version of a thing a subject gets.
///
/// The versions in force lie on each other, the one given last on top. A subject gets the first one, from the top, whose
/// audience includes it; so what is given to a few leaves the others what they had, and taking it back uncovers what lay
/// beneath. It stands beside a ``VersionChain`` of the same kind, which keeps the versions themselves.
///
/// ## Topics
/// - ``version(for:teams:of:among:)``
/// - ``give(_:of:to:in:)``
/// - ``rollBack(_:to:reason:by:at:in:)``
package struct Rollout: Sendable {
    /// The kind of thing.
    package let kind: String
    /// What caches of the versions in force depend on (`Storage.VersionedCache`).
    package var topic: String { "rollouts." + kind }

    package init(kind: String) { self.kind = kind }

    /// Why versions were withdrawn.
    package static let reasons = StoredText(
        "version_withdrawals",
        key: ["kind", "id", "version"],
        column: "reason"
    )

    /// The tables of this part.
    package static let migrations = [
        Migration(
            "versioning-rollout-1",
            [
                """
                CREATE TABLE version_rollouts (
                    kind TEXT NOT NULL,
                    id TEXT NOT NULL,
                    version BIGINT NOT NULL,
                    height BIGINT NOT NULL,
                    share BIGINT NOT NULL,
                    teams TEXT,
                    PRIMARY KEY (kind, id, version)
                )
                """,
                """
                CREATE TABLE version_withdrawals (
                    kind TEXT NOT NULL,
                    id TEXT NOT NULL,
                    version BIGINT NOT NULL,
                    at_microseconds BIGINT NOT NULL,
                    withdrawn_by TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    PRIMARY KEY (kind, id, version)
                )
                """,
            ]
        )
    ]

    /// The version that a subject gets; nil when none is given to it.
    package func version(
        for subject: String,
        teams: [String],
        of id: String,
        among entries: [RolloutEntry]
    ) -> Int64? {
        entries.first { entry in
            entry.audience.includes(subject, teams: teams, seed: "\(kind)/\(id)/\(entry.version)")
        }?.version
    }

    /// The versions in force, from the top.
    package func entries(of id: String, in transaction: some SQLReading) throws -> [RolloutEntry] {
        try transaction.rows(
            """
            SELECT version, share, teams FROM version_rollouts WHERE kind = $1 AND id = $2 ORDER BY height DESC
            """,
            [.text(kind), .text(id)]
        ) { RolloutEntry(version: try $0.integer(0), audience: try Self.audience($0)) }
    }

    /// The versions in force of every thing of this kind, from the top.
    package func entries(in transaction: some SQLReading) throws -> [String: [RolloutEntry]] {
        var result: [String: [RolloutEntry]] = [:]
        try transaction.forEach(
            "SELECT version, share, teams, id FROM version_rollouts WHERE kind = $1 ORDER BY id, height DESC",
            [.text(kind)]
        ) { row in
            let entry = RolloutEntry(version: try row.integer(0), audience: try Self.audience(row))
            result[try row.text(3), default: []].append(entry)
        }
        return result
    }

    /// Why versions of a thing are no longer in force.
    private var withdrawals: Withdrawals { Withdrawals(kind: kind) }

    /// Why versions of a thing are no longer in force, by version.
    package func withdrawals(of id: String, in transaction: some SQLReading) throws -> [Int64: Withdrawal] {
        try withdrawals.all(of: id, in: transaction)
    }

    /// Gives a version to an audience: it comes on top, and counts as withdrawn no longer.
    ///
    /// A share of nothing takes it away.
    package func give(
        _ version: Int64,
        of id: String,
        to audience: Audience,
        in transaction: WriteTransaction
    ) throws {
        let key: [SQLValue] = [.text(kind), .text(id), .integer(version)]
        try withdrawals.forget(version, of: id, in: transaction)
        guard audience.share > 0 else { return try takeAway(version, of: id, in: transaction) }
        let top = try transaction.first(
            "SELECT height FROM version_rollouts WHERE kind = $1 AND id = $2 ORDER BY height DESC LIMIT 1",
            [.text(kind), .text(id)]
        ) { try $0.integer(0) }
        try transaction.execute(
            """
            INSERT INTO version_rollouts (kind, id, version, height, share, teams) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (kind, id, version)
            DO UPDATE SET height = excluded.height, share = excluded.share, teams = excluded.teams
            """,
            key + [
                .integer((top ?? 0) + 1), .integer(audience.share),
                .optional(audience.teams.map { $0.sorted().joined(separator: Self.separator) }),
            ]
        )
        try Store.touch(topic, in: transaction)
    }

    /// Gives a version to everybody and withdraws those that came after it.
    ///
    /// - Returns: the versions withdrawn, in their order.
    package func rollBack(
        _ id: String,
        to version: Int64,
        reason: String,
        by actor: String,
        at: Int64,
        in transaction: WriteTransaction
    ) throws -> [Int64] {
        let withdrawn = try entries(of: id, in: transaction).map(\.version).filter { $0 > version }.sorted()
        for later in withdrawn {
            try takeAway(later, of: id, in: transaction)
            let withdrawal = Withdrawal(at: at, by: actor, reason: reason)
            try withdrawals.note(withdrawal, of: later, of: id, in: transaction)
        }
        try give(version, of: id, to: .everybody, in: transaction)
        return withdrawn
    }

    private func takeAway(_ version: Int64, of id: String, in transaction: WriteTransaction) throws {
        try transaction.execute(
            "DELETE FROM version_rollouts WHERE kind = $1 AND id = $2 AND version = $3",
            [.text(kind), .text(id), .integer(version)]
        )
        try Store.touch(topic, in: transaction)
    }

    /// What stands between the names of teams; names have no control characters.
    private static let separator = "\n"

    private static func audience(_ row: SQLRow) throws -> Audience {
        let teams = row.optionalText(2).map { Set($0.split(separator: separator).map(String.init)) }
        return Audience(share: try row.integer(1), teams: teams)
    }
}
