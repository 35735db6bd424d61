import AuditTrail
import Storage
import Vocabulary

/// What tokens of an earlier program need so that they go on meaning what they meant.
///
/// Once, a supervisor's token without a team saw every team; now it sees none. Each such token gets the attribute
/// `team=*`, which says so. It happens once for a store: supervisors whose tokens are made later without a team lead
/// nobody.
extension TokenRegistry {
    private static let teamsUpgrade = "teams"

    /// The table of what was done once, which a new store has rows in as well.
    package static let upgradesTable = "access_upgrades"
    /// What was done once; `announced` says whether the log of a server has told it.
    static let upgradeTable = """
        CREATE TABLE \(upgradesTable) (
            name TEXT NOT NULL PRIMARY KEY,
            at_microseconds BIGINT NOT NULL,
            tokens TEXT NOT NULL,
            announced BIGINT NOT NULL
        )
        """

    /// Brings the tokens of an earlier program up to date, each with an entry in the audit log.
    ///
    /// - Throws: the store's error.
    package func upgrade(now: Int64) throws {
        guard try !store.readNow({ try Self.isUpgraded(in: $0) }) else { return }
        try store.writeNow { transaction in
            guard try !Self.isUpgraded(in: transaction) else { return }
            let tokens = try Self.all(in: transaction).filter {
                $0.principal.roles.contains(.supervisor) && $0.principal.attributes["team"] == nil
            }
            for token in tokens { try widen(token, now: now, in: transaction) }
            try transaction.execute(
                "INSERT INTO access_upgrades (name, at_microseconds, tokens, announced) VALUES ($1, $2, $3, $4)",
                [
                    .text(Self.teamsUpgrade), .integer(now), .text(tokens.map(\.id).joined(separator: " ")),
                    .integer(tokens.isEmpty ? 1 : 0),
                ]
            )
        }
    }

    private func widen(_ token: Token, now: Int64, in transaction: WriteTransaction) throws {
        var attributes = token.principal.attributes
        attributes["team"] = .one(Principal.everyTeam)
        try transaction.execute(
            "UPDATE access_tokens SET attributes = $2 WHERE id = $1",
            [.text(token.id), .text(try attributes.storedText())]
        )
        try recordChange(
            token.id,
            action: "access.widen_token",
            by: "upgrade",
            details: "team=*: without a team a supervisor saw every team until now",
            now: now,
            in: transaction
        )
    }

    /// The ids of the tokens that ``upgrade(now:)`` gave every team, until they were answered once: for the log of the
    /// server that starts next.
    ///
    /// - Throws: the store's error.
    package func takeWidenedTokens() async throws -> [String] {
        guard try await store.read({ try Self.widened(in: $0) }) != nil else { return [] }
        return try await store.write { transaction in
            let tokens = try Self.widened(in: transaction) ?? ""
            try transaction.execute(
                "UPDATE access_upgrades SET announced = 1 WHERE name = $1",
                [.text(Self.teamsUpgrade)]
            )
            return tokens.split(separator: " ").map(String.init)
        }
    }

    private static func isUpgraded(in transaction: some SQLReading) throws -> Bool {
        try transaction.first("SELECT 1 FROM access_upgrades WHERE name = $1", [.text(teamsUpgrade)]) { _ in true }
            ?? false
    }

    private static func widened(in transaction: some SQLReading) throws -> String? {
        try transaction.first(
            "SELECT tokens FROM access_upgrades WHERE name = $1 AND announced = 0",
            [.text(teamsUpgrade)]
        ) { try $0.text("tokens") }
    }
}
