package import AuditTrail
import Digests
package import Storage
import Vocabulary

/// What the audit log vouches for of a request: every column but those that an erasure empties.
enum LedgerRecord {
    /// The columns that are hashed as they are, in this order.
    private static let hashed = [
        "resolution_id", "sequence", "status", "requested_by", "action", "reason", "currency", "minor_units",
        "approver_tier", "channel", "teams", "created_microseconds", "expires_microseconds", "decided_microseconds",
        "decided_by", "policy_version", "policy_sha256", "verdict", "facts", "scopes", "approver_keys",
    ]
    private static let columns = hashed.joined(separator: ", ") + ", settlement"

    /// The hash of a request's row, and of what has just happened to it; nil when there is no such row.
    static func hash(of id: String, _ kind: String, in transaction: some SQLReading) throws -> String? {
        try transaction.first(
            "SELECT \(columns) FROM resolutions WHERE resolution_id = $1",
            [.text(id)]
        ) { try hash($0, kind) }
    }

    private static func hash(_ row: SQLRow, _ kind: String) throws -> String {
        try hash(kind) { try row.argument(named: $0) }
    }

    /// The hash of a row that was just written, from what was written.
    static func hash(of row: [String: SQLValue], _ kind: String) throws -> String {
        try hash(kind) { row[$0] ?? .null }
    }

    private static func hash(_ kind: String, _ value: (_ column: String) throws -> SQLValue) throws -> String {
        var values = try hashed.map { try text(of: value($0)) }
        // Its reference was written by a person.
        values.append(
            try text(of: value("settlement")).map { text in
                var object = try JSON(parsing: text).object ?? [:]
                object["reference"] = nil
                return JSON.object(object).text
            }
        )
        return AuditRowHash.hash(values + [kind])
    }

    private static func text(of value: SQLValue) -> String? {
        switch value {
        case .null: nil
        case .integer(let integer): String(integer)
        case .real(let number): String(number)
        case .text(let text): text
        case .bytes(let bytes): Bytes.hexadecimal(bytes)
        }
    }

    /// The hash that the first release took: what the policy saw and said.
    private static func firstHash(_ row: SQLRow, _ kind: String) throws -> String {
        ContentHash.sha256(try row.text("facts") + row.text("verdict") + kind)
    }

    /// Compares every request with what the log last said of it.
    static func verify(in transaction: some SQLReading) throws -> AuditRowCheck {
        var check = AuditRowCheck(kind: "resolution")
        var entries: [String: AuditEntry] = [:]
        try AuditLog.forEachLatest(ofModule: "resolution", in: transaction) { entries[$0.event.target] = $0 }
        try transaction.forEach("SELECT \(columns) FROM resolutions ORDER BY sequence") { row in
            let id = try row.text("resolution_id")
            guard let entry = entries.removeValue(forKey: id) else {
                check.note(id, "the log has no entry for it")
                return
            }
            let kind = String(entry.event.action.dropFirst("resolution.".count))
            let hash = entry.form == 1 ? try firstHash(row, kind) : try hash(row, kind)
            check.note(id, hash == entry.event.after ? nil : "it is not as it was when the log last told of it")
        }
        for id in entries.keys.sorted() { check.note(id, "it is gone") }
        return check
    }
}

extension AuthorityLedger {
    /// Compares every request with what the audit log last said of it.
    package static func verifyRows(in transaction: some SQLReading) throws -> AuditRowCheck {
        try LedgerRecord.verify(in: transaction)
    }
}
