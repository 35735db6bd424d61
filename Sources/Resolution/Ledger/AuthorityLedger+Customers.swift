package import AuditTrail
package import Customers
package import Storage
package import Vocabulary

/// What an erasure did in the ledger.
package struct LedgerErasure: Sendable {
    /// How many requests lost their personal data.
    package var erased = 0
    /// What became of those that waited for approval: cancelled, or expired.
    package var events: [GrantDomainEvent] = []
    /// The requests, with the conversation each was made in.
    package var requests: [(id: String, conversation: String?)] = []
}

/// What the ledger keeps about customers.
extension AuthorityLedger {
    /// What people wrote about requests.
    package static let texts = [
        StoredText("resolutions", key: ["resolution_id"], column: "note"),
        StoredText("resolution_events", key: ["sequence"], column: "note"),
    ]

    /// Under what a customer stands where the id itself must not: a keyed hash, the same for the life of the store.
    ///
    /// - Throws: the store's error.
    package func customerHash(_ id: String) async throws -> String { try await names().customer(id) }

    /// The same in a transaction; nil while the store has no secret, hence nothing that was hashed with it.
    package func customerHash(_ id: String, in transaction: some SQLReading) throws -> String? {
        try keyedHash(in: transaction).map { ScopeNames(hash: $0, form: settings.form).customer(id) }
    }

    /// The same without a ledger, by how ids of customers are compared.
    package static func customerHash(
        _ id: String,
        form: CanonicalForm,
        in transaction: some SQLReading
    ) throws -> String? {
        try secret(in: transaction).map { ScopeNames(hash: KeyedHash(secret: $0), form: form).customer(id) }
    }

    /// By what it is told whether keyed hashes are a store's: a hash of nothing personal.
    ///
    /// Makes the store's key where it has none yet.
    package static func hashMark(of store: Store) async throws -> String {
        try await keyedHash(of: store).hash(["mark"])
    }

    /// What the ledger keeps of a customer, also of requests that were made in a conversation before it was known whose it
    /// is, for the customer to read; what was erased is no longer the customer's.
    package func export(
        customer id: String,
        conversations: [String],
        in transaction: some SQLReading
    ) throws -> JSON {
        .array(
            try rows(ofCustomer: id, conversations: conversations, in: transaction)
                .filter { !$0.isErased }.map(\.grant.exported)
        )
    }

    /// What requests tell of a customer's person.
    package func profiles(
        customer id: String,
        conversations: [String],
        in transaction: some SQLReading
    ) throws -> [JSON] {
        try rows(ofCustomer: id, conversations: conversations, in: transaction)
            .filter { !$0.isErased }.map { .object($0.grant.facts.customer) }
    }

    /// Whether the ledger has anything of a customer, erased or not.
    package func knows(customer id: String, in transaction: some SQLReading) throws -> Bool {
        guard let hash = try customerHash(id, in: transaction) else { return false }
        return try transaction.first(
            "SELECT 1 FROM resolutions WHERE customer_hash = $1 LIMIT 1",
            [.text(hash)]
        ) { _ in true } ?? false
    }

    /// The ids of all customers whose data was not erased.
    package static func customerIDs(in transaction: some SQLReading) throws -> Set<String> {
        Set(
            try transaction.rows(
                "SELECT DISTINCT customer_id FROM resolutions WHERE customer_id IS NOT NULL"
            ) { try $0.text("customer_id") }
        )
    }

    /// The conversations in which requests were made for a customer.
    package func conversationIDs(ofCustomer id: String, in transaction: some SQLReading) throws -> [String] {
        guard let hash = try customerHash(id, in: transaction) else { return [] }
        return try transaction.rows(
            "SELECT DISTINCT conversation_id FROM resolutions WHERE customer_hash = $1 AND conversation_id IS NOT NULL",
            [.text(hash)]
        ) { try $0.text("conversation_id") }
    }

    private func rows(
        ofCustomer id: String,
        conversations: [String],
        in transaction: some SQLReading
    ) throws -> [GrantTable.Stored] {
        var found: [GrantTable.Stored] = []
        if let hash = try customerHash(id, in: transaction) {
            found = try transaction.rows(
                "SELECT \(GrantTable.columns) FROM resolutions WHERE customer_hash = $1 ORDER BY sequence",
                [.text(hash)],
                GrantTable.stored
            )
        }
        for conversation in conversations {
            found += try transaction.rows(
                """
                SELECT \(GrantTable.columns) FROM resolutions
                WHERE conversation_id = $1 AND customer_hash IS NULL ORDER BY sequence
                """,
                [.text(conversation)],
                GrantTable.stored
            )
        }
        return found
    }

    /// Takes the customer out of the ledger; amounts, decisions and windows stay, under a keyed hash.
    ///
    /// What waits for approval is cancelled, or expires where it is overdue, which releases its windows. The events of the
    /// outcome say so.
    ///
    /// - Parameters:
    ///   - id: the customer.
    ///   - conversations: the customer's; requests that were made there for nobody are erased as well.
    ///   - actor: who asked for the erasure.
    ///   - now: the time, in microseconds since 1970.
    ///   - redacted: takes the customer's names out of a text.
    ///   - transaction: the one that erases.
    /// - Returns: what was done.
    /// - Throws: the store's error; nothing is erased then.
    package func erase(
        customer id: String,
        conversations: [String],
        by actor: AuditActor,
        now: Int64,
        redacted: (String) -> String,
        in transaction: WriteTransaction
    ) throws -> LedgerErasure {
        var outcome = LedgerErasure()
        for stored in try rows(ofCustomer: id, conversations: conversations, in: transaction) {
            outcome.requests.append((stored.grant.id, stored.grant.conversationID))
            guard !stored.isErased else { continue }
            let moment = try expiryMoment(now, in: transaction)
            if stored.grant.isOverdue(at: moment), let moment {
                outcome.events.append(try expire(stored, at: moment, in: transaction))
            } else if stored.grant.status == .pending {
                outcome.events.append(try cancel(stored, by: actor, now: now, in: transaction))
            }
            try erase(stored.grant.id, by: actor, now: now, redacted: redacted, in: transaction)
            outcome.erased += 1
        }
        return outcome
    }

    private func cancel(
        _ stored: GrantTable.Stored,
        by actor: AuditActor,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> GrantDomainEvent {
        var stored = stored
        let moment = try Self.moment(now, in: transaction)
        try release(stored, in: transaction)
        stored.grant.status = .cancelled
        stored.grant.decidedBy = actor.name
        stored.grant.decidedAt = moment
        try GrantTable.update(stored, in: transaction)
        let sequence = try Self.nextSequence(in: transaction)
        try record("cancelled", stored.grant, sequence: sequence, actor: actor, at: moment, in: transaction)
        return .changed(stored.grant, at: moment)
    }

    private func erase(
        _ id: String,
        by actor: AuditActor,
        now: Int64,
        redacted: (String) -> String,
        in transaction: WriteTransaction
    ) throws {
        let hash = try writersHash(in: transaction)
        guard try GrantTable.erase(id, hash: hash, redacted: redacted, in: transaction) else { return }
        // The log vouches for the row as it is now.
        let event = AuditEvent(
            actor: actor,
            action: "resolution.erased",
            target: id,
            after: try LedgerRecord.hash(of: id, "erased", in: transaction)
        )
        try AuditLog.append([event], at: now, in: transaction)
    }

    /// What ``erase(customer:conversations:by:now:redacted:in:)`` leaves, and why.
    package static let kept = (
        what: "amounts, decisions and windows of resolutions, under a keyed hash of the customer's id",
        why: "limits must hold after an erasure, and what was granted stays accounted for"
    )
}

extension GrantTable {
    /// What stands where a person wrote something that is no code of the policy.
    private static let erased = "erased"
    private static let maximumCode = 64

    /// Empties what leads to the customer in a request and in the entries of the ledger.
    ///
    /// - Returns: whether anything was changed that the audit log vouches for.
    static func erase(
        _ id: String,
        hash: KeyedHash,
        redacted: (String) -> String,
        in transaction: WriteTransaction
    ) throws -> Bool {
        let row = try transaction.first(
            "SELECT action, reason, facts, verdict, settlement, idempotency_key FROM resolutions WHERE resolution_id = $1",
            [.text(id)]
        ) { row in
            (
                action: try row.text("action"), reason: try row.text("reason"), facts: try row.text("facts"),
                verdict: try row.text("verdict"),
                settlement: try row.optionalText("settlement"), key: try row.text("idempotency_key")
            )
        }
        guard let row else { return false }
        var facts = try JSON(parsing: row.facts).object ?? [:]
        var request = facts["request"]?.object ?? [:]
        let action = code(row.action, redacted)
        let reason = code(row.reason, redacted)
        if action != row.action { request["action"] = .string(action) }
        if reason != row.reason { request["reason"] = .string(reason) }
        facts["request"] = .object(request)
        let isRewritten = action != row.action || reason != row.reason
        let factsText = isRewritten ? JSON.object(facts).text : row.facts
        let verdict = try names(outOf: row.verdict, redacted)
        try transaction.execute(
            """
            UPDATE resolutions SET customer_id = NULL, personal = NULL, note = NULL, action = $2, reason = $3, facts = $4,
                verdict = $5, settlement = $6, idempotency_key = $7 WHERE resolution_id = $1
            """,
            [
                .text(id), .text(action), .text(reason), .text(factsText), .text(verdict),
                .optional(try row.settlement.map(withoutReference)), .text(StoredKey.text(row.key, hash)),
            ]
        )
        try transaction.execute("UPDATE resolution_events SET note = NULL WHERE resolution_id = $1", [.text(id)])
        try Store.markOutdated(RecordKind.resolutions.rawValue, id, in: transaction)
        return isRewritten || verdict != row.verdict
    }

    /// A code of a policy as it is; what else stood in its place is taken out.
    private static func code(_ text: String, _ redacted: (String) -> String) -> String {
        let isCode =
            text.utf8.count <= maximumCode
            && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 || $0 == 45 }
        return isCode && redacted(text) == text ? text : erased
    }

    private static func names(outOf verdict: String, _ redacted: (String) -> String) throws -> String {
        var object = try JSON(parsing: verdict).object ?? [:]
        let because = object["because"]?.array ?? []
        let clean = because.map { $0.string.map { JSON.string(redacted($0)) } ?? $0 }
        guard clean != because else { return verdict }
        object["because"] = .array(clean)
        return JSON.object(object).text
    }

    private static func withoutReference(_ settlement: String) throws -> String {
        var object = try JSON(parsing: settlement).object ?? [:]
        guard object["reference"] != nil else { return settlement }
        object["reference"] = nil
        return JSON.object(object).text
    }
}

/// An idempotency key as it is stored: a keyed hash, for callers put into it what they like.
enum StoredKey {
    private static let prefix = "key:"

    /// The stored form of a key; one that is stored so already stays as it is.
    static func text(_ key: String, _ hash: KeyedHash) -> String {
        key.hasPrefix(prefix) && key.utf8.count == prefix.utf8.count + 32 ? key : of(key, hash)
    }

    /// The stored form of a key that a caller gave.
    static func of(_ key: String, _ hash: KeyedHash) -> String { prefix + hash.hash(["idempotency key", key]) }
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
