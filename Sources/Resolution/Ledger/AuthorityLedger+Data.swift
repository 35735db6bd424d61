import Policies
package import Storage

/// Grants that came together under one key of a report.
package struct GrantFigures: Sendable, Hashable {
    /// The request's agent.
    package let agent: String
    /// The agent's teams.
    package let teams: [String]
    /// How the contact came in; nil where there was no conversation.
    package let channel: String?
    /// The conversation, where there was one.
    package let conversationID: String?
    /// When it was asked, in microseconds since 1970.
    package let at: Int64
    /// How much; nil for an exception without money.
    package let amount: Money?
}

extension AuthorityLedger {
    /// What was granted and not taken back, of the requests made from one moment to before another, oldest first.
    package func granted(from: Int64, to: Int64, in transaction: some SQLReading) throws -> [GrantFigures] {
        try transaction.rows(
            """
            SELECT \(GrantTable.columns) FROM resolutions
            WHERE created_microseconds >= $1 AND created_microseconds < $2 AND status = 'approved' ORDER BY sequence
            """,
            [.integer(from), .integer(to)],
            GrantTable.stored
        ).filter(\.grant.counts).map { stored in
            let grant = stored.grant
            return GrantFigures(
                agent: grant.requestedBy,
                teams: grant.teams,
                channel: grant.channel,
                conversationID: grant.conversationID,
                at: grant.createdAt,
                amount: grant.amount
            )
        }
    }

    /// Asks the version that decided a request again, as of then.
    ///
    /// - Returns: the verdict, which is the recorded one; nil once the customer's data was erased.
    /// - Throws: ``ResolutionError`` `notFound`; the store's error.
    package func rerun(_ id: String) throws -> Verdict? {
        let stored = try store.readNow { try GrantTable.find(id, in: $0) }
        guard let stored else {
            throw ResolutionError(.notFound, "there is no resolution “\(id)”", argument: "resolution_id")
        }
        let grant = stored.grant
        guard !stored.isErased else { return nil }
        guard grant.policyVersion > 0 else { return Self.verdict(nil, grant.facts) }
        let policy = try policies.policy(AuthorityPolicy.name, version: grant.policyVersion)
        return Self.verdict(try ready(policy), grant.facts)
    }
}
