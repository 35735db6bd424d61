package import JSONRPC
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

    /// What the ledger keeps of a customer, for the customer to read; what was erased is no longer the customer's.
    package func export(customer id: String, in transaction: some SQLReading) throws -> JSON {
        guard let hash = try customerHash(id, in: transaction) else { return [] }
        let grants = try transaction.rows(
            """
            SELECT \(GrantTable.columns) FROM resolutions
            WHERE customer_hash = $1 AND customer_id IS NOT NULL ORDER BY sequence
            """,
            [.text(hash)]
        ) { try GrantTable.stored($0).grant }
        return .array(grants.map(\.exported))
    }

    /// What a customer is counted by; nil while nobody was counted.
    private func customerHash(_ id: String, in transaction: some SQLReading) throws -> String? {
        try keyedHash(in: transaction).map { ScopeNames(hash: $0, form: settings.form).customer(id) }
    }

    /// Takes the customer out of the ledger; amounts, decisions and windows stay, under a keyed hash.
    ///
    /// - Returns: how many requests lost their personal data.
    package func erase(customer id: String, in transaction: WriteTransaction) throws -> [String: Int] {
        guard let hash = try customerHash(id, in: transaction) else { return ["resolutions": 0] }
        try transaction.execute(
            """
            UPDATE resolution_events SET note = NULL WHERE resolution_id IN
                (SELECT resolution_id FROM resolutions WHERE customer_hash = $1)
            """,
            [.text(hash)]
        )
        let count = try transaction.execute(
            """
            UPDATE resolutions SET customer_id = NULL, personal = NULL, note = NULL
            WHERE customer_hash = $1 AND (customer_id IS NOT NULL OR personal IS NOT NULL)
            """,
            [.text(hash)]
        )
        return ["resolutions": count]
    }

    /// What ``erase(customer:in:)`` leaves, and why.
    package static let kept = (
        what: "amounts, decisions and windows of resolutions, under a keyed hash of the customer's id",
        why: "limits must hold after an erasure, and what was granted stays accounted for"
    )

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

extension Grant {
    /// What the customer may read of it.
    fileprivate var exported: JSON {
        var object: JSONObject = [
            "resolution_id": .string(id), "status": .string(status.rawValue), "action": .string(action),
            "reason": .string(reason), "requested_by": .string(requestedBy), "customer": .object(facts.customer),
            "context": .object(facts.context), "created_at": .string(AuthorityPolicy.momentText(createdAt)),
        ]
        object["amount"] = amount.map { ["amount": .string($0.text), "currency": .string($0.currency.code)] }
        object["reference"] = reference.map { ["type": .string($0.type), "id": .string($0.id)] }
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
