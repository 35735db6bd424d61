package import AuditTrail
import Storage
package import Versioning
import Vocabulary

extension ScriptCatalog {
    /// The result of a rollback.
    package struct Rollback: Sendable {
        /// The version that is in force again.
        package let script: PublishedScript
        /// The versions that were withdrawn.
        package let withdrawn: [Int64]
    }

    /// Rolls a version out to an audience; no caller who had a version may lose it.
    ///
    /// - Throws: ``ScriptError`` `notFound`; `conflict` when a caller would be left without a version.
    package func rollOut(
        _ id: String,
        version: Int64,
        to audience: Audience,
        by actor: AuditActor,
        now: Int64
    ) async throws {
        let script = try await self.version(version, of: id)
        try await store.write { transaction in
            let before = try Self.rollout.entries(of: id, in: transaction)
            try Self.rollout.give(version, of: id, to: audience, in: transaction)
            let after = try Self.rollout.entries(of: id, in: transaction)
            guard after.contains(where: \.audience.isEverybody) || !before.contains(where: \.audience.isEverybody)
            else {
                throw ScriptError(
                    .conflict,
                    "the others would get no version of “\(id)”: publish or roll out another one to everybody first",
                    argument: "version"
                )
            }
            let event = AuditEvent(
                actor: actor,
                action: "script.rollout",
                target: id,
                after: script.sha256,
                details: "version \(version) \(audience.text)"
            )
            try AuditLog.append([event], at: now, in: transaction)
        }
    }

    /// Puts a version into force for everybody and withdraws the later ones.
    ///
    /// - Returns: the versions withdrawn.
    /// - Throws: ``ScriptError`` `conflict` when nothing would change.
    func rollBack(
        to script: PublishedScript,
        reason: String,
        by actor: AuditActor,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> [Int64] {
        let (id, version) = (script.definition.id, script.version)
        let before = try Self.rollout.entries(of: id, in: transaction)
        guard before.first != RolloutEntry(version: version, audience: .everybody) else {
            throw ScriptError(
                .conflict,
                "version \(version) of “\(id)” is in force for everybody",
                argument: "version"
            )
        }
        let withdrawn = try Self.rollout.rollBack(
            id,
            to: version,
            reason: reason,
            by: actor.name,
            at: now,
            in: transaction
        )
        let former = try before.first.flatMap { try Self.chain.content(of: id, version: $0.version, in: transaction) }
        let event = AuditEvent(
            actor: actor,
            action: "script.rollback",
            target: id,
            before: former?.sha256,
            after: script.sha256,
            details: "version \(version)",
            text: reason
        )
        try AuditLog.append([event], at: now, in: transaction)
        return withdrawn
    }

    /// All versions of a script, newest first, and the number of the live version, which callers without a newer one
    /// get.
    ///
    /// - Throws: ``ScriptError`` `notFound`.
    package func versions(of id: String) async throws -> (versions: [ScriptVersionListing], live: Int64?) {
        try await store.read { transaction in
            let history = try Self.chain.history(of: id, in: transaction)
            guard !history.isEmpty else {
                throw ScriptError(.notFound, "there is no script “\(id)”", argument: "script_id")
            }
            let entries = try Self.rollout.entries(of: id, in: transaction)
            let withdrawals = try Self.rollout.withdrawals(of: id, in: transaction)
            let open = try SessionRecord.openSessions(of: id, in: transaction)
            let live = entries.first(where: \.audience.isEverybody)?.version
            // No caller gets a version below the live one.
            let reached = entries.prefix { $0.version != live }
            let versions = history.map { version in
                let entry = reached.first { $0.version == version.number }
                let status: ScriptVersionStatus =
                    if version.number == live {
                        .live
                    } else if entry != nil {
                        .partial
                    } else {
                        withdrawals[version.number] == nil ? .superseded : .withdrawn
                    }
                return ScriptVersionListing(
                    version: version,
                    status: status,
                    audience: version.number == live ? .everybody : entry?.audience,
                    withdrawal: withdrawals[version.number],
                    openSessions: open[version.number] ?? 0
                )
            }
            return (versions, live)
        }
    }
}

extension ScriptCatalog {
    /// Describes the changes from one version of a script to another.
    ///
    /// - Throws: ``ScriptError`` `notFound`.
    package func compare(_ id: String, from: Int64, to: Int64) async throws -> [VersionChange] {
        let before = try await version(from, of: id, argument: "from").source
        return try VersionComparison.changes(from: before, to: try await version(to, of: id, argument: "to").source)
    }
}
