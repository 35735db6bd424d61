import Policies
package import Storage
package import Vocabulary

/// What a report needs to know of a request.
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
    /// Where it stands.
    package let status: ResolutionStatus
    /// Whether it counts: granted and not taken back, or waiting for an approver.
    package let counts: Bool
}

extension AuthorityLedger {
    /// The requests made from one moment to before another, whatever became of them, oldest first.
    package func requests(
        from: Int64,
        to: Int64,
        now: Int64,
        in transaction: some SQLReading
    ) throws -> [GrantFigures] {
        let moment = try expiryMoment(now, in: transaction)
        return try transaction.rows(
            """
            SELECT \(GrantTable.columns) FROM resolutions
            WHERE created_microseconds >= $1 AND created_microseconds < $2 ORDER BY sequence
            """,
            [.integer(from), .integer(to)],
            GrantTable.stored
        ).map { stored in
            let grant = stored.grant.standing(at: moment)
            return GrantFigures(
                agent: grant.requestedBy,
                teams: grant.teams,
                channel: grant.channel,
                conversationID: grant.conversationID,
                at: grant.createdAt,
                amount: grant.amount,
                status: grant.status,
                counts: grant.counts
            )
        }
    }

    /// Asks the version that decided a request again, as of then.
    ///
    /// - Returns: the verdict, which is the recorded one; nil once the customer's data was erased.
    /// - Throws: ``ResolutionError`` `notFound`; the store's error.
    package func rerun(_ id: String) async throws -> Verdict? {
        let stored = try await store.read { try GrantTable.find(id, in: $0) }
        guard let stored else {
            throw ResolutionError(.notFound, "there is no resolution “\(id)”", argument: "resolution_id")
        }
        let grant = stored.grant
        guard !stored.isErased else { return nil }
        guard grant.policyVersion > 0 else { return Self.verdict(nil, grant.facts) }
        let policy = try await policies.policy(AuthorityPolicy.name, version: grant.policyVersion)
        return Self.verdict(try ready(policy), grant.facts)
    }
}
