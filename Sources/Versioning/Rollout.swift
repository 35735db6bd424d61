package import Storage

/// A version in force, and its audience.
package struct RolloutEntry: Sendable, Hashable {
    package let version: Int64
    /// The subjects who get it, unless a newer entry includes them.
    package let audience: Audience

    package init(version: Int64, audience: Audience) {
        self.version = version
        self.audience = audience
    }
}

/// Determines which version of a thing a subject gets.
///
/// The versions in force form a stack, with the latest rollout on top. A subject gets the first version from the top
/// whose audience includes it. So a rollout to a few does not change what the others get, and undoing it restores the
/// version below. A rollout is used with a ``VersionChain`` of the same kind, which stores the versions.
///
/// ## Topics
/// - ``version(for:teams:of:among:)``
/// - ``give(_:of:to:in:)``
/// - ``rollBack(_:to:reason:by:at:in:)``
package struct Rollout: Sendable {
    /// The kind of thing, as in the ``VersionChain``.
    package let kind: String
    /// The topic for caches of the versions in force (`Storage.VersionedCache`).
    package var topic: String { "rollouts." + kind }

    package init(kind: String) { self.kind = kind }

    /// The reasons for withdrawals, which people write.
    package static let reasons = StoredText(
        "version_withdrawals",
        key: ["kind", "id", "version"],
        column: "reason"
    )

    /// The migrations that create the tables.
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

    /// The version that a subject gets; nil if there is none for it.
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
        ) { RolloutEntry(version: try $0.integer("version"), audience: try Self.audience($0)) }
    }

    /// The versions in force of every thing of this kind, from the top.
    package func entries(in transaction: some SQLReading) throws -> [String: [RolloutEntry]] {
        var result: [String: [RolloutEntry]] = [:]
        try transaction.forEach(
            "SELECT version, share, teams, id FROM version_rollouts WHERE kind = $1 ORDER BY id, height DESC",
            [.text(kind)]
        ) { row in
            let entry = RolloutEntry(version: try row.integer("version"), audience: try Self.audience(row))
            result[try row.text("id"), default: []].append(entry)
        }
        return result
    }

    /// The withdrawals of versions of this kind.
    private var withdrawals: Withdrawals { Withdrawals(kind: kind) }

    /// The withdrawals of a thing's versions, by version.
    package func withdrawals(of id: String, in transaction: some SQLReading) throws -> [Int64: Withdrawal] {
        try withdrawals.all(of: id, in: transaction)
    }

    /// Rolls a version out to an audience: it is placed on top, and is no longer withdrawn.
    ///
    /// A share of 0 removes it.
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
        ) { try $0.integer("height") }
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

    /// Rolls a version out to everybody and withdraws the later ones.
    ///
    /// - Returns: the versions withdrawn, in order.
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

    /// Separates the names of teams, which contain no control characters.
    private static let separator = "\n"

    private static func audience(_ row: SQLRow) throws -> Audience {
        let teams = try row.optionalText("teams").map { Set($0.split(separator: separator).map(String.init)) }
        return Audience(share: try row.integer("share"), teams: teams)
    }
}
