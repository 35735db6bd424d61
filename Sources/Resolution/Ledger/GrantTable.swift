import Foundation
import Storage
import Vocabulary

/// The rows of requests: how they are written, found and read.
enum GrantTable {
    static let migration = [
        """
        CREATE TABLE resolutions (
            resolution_id TEXT NOT NULL PRIMARY KEY,
            sequence BIGINT NOT NULL UNIQUE,
            status TEXT NOT NULL,
            requested_by TEXT NOT NULL,
            person TEXT,
            idempotency_key TEXT NOT NULL,
            body_hash TEXT NOT NULL,
            customer_hash TEXT,
            customer_id TEXT,
            conversation_id TEXT,
            action TEXT NOT NULL,
            reason TEXT NOT NULL,
            currency TEXT,
            minor_units BIGINT,
            approver_tier BIGINT,
            channel TEXT,
            teams TEXT NOT NULL,
            created_microseconds BIGINT NOT NULL,
            expires_microseconds BIGINT,
            decided_microseconds BIGINT,
            decided_by TEXT,
            note TEXT,
            policy_version BIGINT NOT NULL,
            policy_sha256 TEXT NOT NULL,
            verdict TEXT NOT NULL,
            facts TEXT NOT NULL,
            personal TEXT,
            scopes TEXT NOT NULL,
            settlement TEXT,
            approver_keys TEXT,
            UNIQUE (requested_by, idempotency_key)
        )
        """,
        "CREATE INDEX resolutions_by_subject ON resolutions (requested_by, sequence)",
        "CREATE INDEX resolutions_by_customer ON resolutions (customer_hash, sequence)",
        "CREATE INDEX resolutions_by_conversation ON resolutions (conversation_id, sequence)",
        "CREATE INDEX resolutions_by_status ON resolutions (status, sequence)",
        "CREATE INDEX resolutions_by_expiry ON resolutions (status, expires_microseconds)",
        "CREATE INDEX resolutions_by_time ON resolutions (created_microseconds)",
        """
        CREATE TABLE resolution_teams (
            team TEXT NOT NULL,
            sequence BIGINT NOT NULL,
            PRIMARY KEY (team, sequence)
        )
        """,
        """
        CREATE TABLE resolution_events (
            sequence BIGINT NOT NULL PRIMARY KEY,
            resolution_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            actor TEXT,
            at_microseconds BIGINT NOT NULL,
            note TEXT
        )
        """,
        "CREATE INDEX resolution_events_by_request ON resolution_events (resolution_id, sequence)",
        """
        CREATE TABLE resolution_secrets (
            name TEXT NOT NULL PRIMARY KEY,
            secret TEXT NOT NULL
        )
        """,
    ]

    /// What was reported as returned and nobody has confirmed is found without looking at everything.
    static let confirmationMigration = [
        "ALTER TABLE resolutions ADD COLUMN awaits_confirmation BIGINT NOT NULL DEFAULT 0",
        "CREATE INDEX resolutions_by_confirmation ON resolutions (awaits_confirmation, sequence)",
    ]

    /// A request as it is stored, with the columns that only the ledger reads.
    struct Stored: Sendable {
        var grant: Grant
        /// An attribute that says who a subject is, whatever it is called.
        let person: String?
        let bodyHash: String
        let scopes: CaseScopes
        /// Under what an approver's own windows count it.
        var approverKeys: [String]
        /// Whether the customer's data was taken out.
        let isErased: Bool
    }

    static let columns = """
        resolution_id, sequence, status, requested_by, customer_id, conversation_id, action, reason, currency, \
        minor_units, channel, teams, created_microseconds, expires_microseconds, decided_microseconds, decided_by, note, \
        policy_version, policy_sha256, verdict, facts, personal, settlement, person, body_hash, scopes, approver_keys
        """

    static func stored(_ row: SQLRow) throws -> Stored {
        let facts = try JSON(parsing: row.text("facts"))
        let verdict = try JSON(parsing: row.text("verdict"))
        let currency = try row.optionalText("currency").map(Self.currency)
        let amount = try currency.flatMap { currency in
            try row.optionalInteger("minor_units").map { try Self.money($0, currency) }
        }
        let personal = try row.optionalText("personal").map { try JSON(parsing: $0) }
        let grant = Grant(
            id: try row.text("resolution_id"),
            sequence: try row.integer("sequence"),
            status: try ResolutionStatus(stored: row.text("status"), as: "the status of a request"),
            verdict: try Verdict(json: verdict, currency: currency),
            action: try row.text("action"),
            amount: amount,
            reason: try row.text("reason"),
            customerID: try row.optionalText("customer_id"),
            conversationID: try row.optionalText("conversation_id"),
            reference: reference(personal?["reference"]),
            requestedBy: try row.text("requested_by"),
            teams: try JSON(parsing: row.text("teams")).array?.compactMap(\.string) ?? [],
            channel: try row.optionalText("channel"),
            locale: personal?["locale"]?.string,
            decidedBy: try row.optionalText("decided_by"),
            note: try row.optionalText("note"),
            createdAt: try row.integer("created_microseconds"),
            decidedAt: try row.optionalInteger("decided_microseconds"),
            expiresAt: try row.optionalInteger("expires_microseconds"),
            settlement: try row.optionalText("settlement").map { try Settlement(json: try JSON(parsing: $0)) },
            policyVersion: try row.integer("policy_version"),
            policySHA256: try row.text("policy_sha256"),
            facts: CaseFacts(stored: facts, personal: personal, now: try row.integer("created_microseconds")),
            historyAfter: facts["history_after"]?.object ?? [:]
        )
        return Stored(
            grant: grant,
            person: try row.optionalText("person"),
            bodyHash: try row.text("body_hash"),
            scopes: CaseScopes(json: try JSON(parsing: row.text("scopes"))),
            approverKeys: try row.optionalText("approver_keys")?.split(separator: " ").map(String.init) ?? [],
            isErased: personal == nil
        )
    }

    private static func currency(_ code: String) throws(StorageError) -> Currency {
        guard let currency = Currency(code) else {
            throw StorageError(
                code: .corrupt,
                message: "the currency of a request is stored as “\(code)”, which is not known"
            )
        }
        return currency
    }

    private static func money(_ minorUnits: Int64, _ currency: Currency) throws(StorageError) -> Money {
        guard let money = Money(minorUnits: minorUnits, currency) else {
            throw StorageError(code: .corrupt, message: "the amount of a request is out of range")
        }
        return money
    }

    static func reference(_ json: JSON?) -> GrantReference? {
        guard let type = json?["type"]?.string, let id = json?["id"]?.string else { return nil }
        return GrantReference(type: type, id: id)
    }

    static func find(_ id: String, in transaction: some SQLReading) throws -> Stored? {
        try transaction.first(question(of: id), stored)
    }

    static func find(key: String, of subject: String, in transaction: some SQLReading) throws -> Stored? {
        try transaction.first(question(ofKey: key, of: subject), stored)
    }

    /// What ``find(_:in:)`` asks.
    static func question(of id: String) -> SQLQuestion { SQLQuestion(findByID, [.text(id)]) }

    /// What ``find(key:of:in:)`` asks.
    static func question(ofKey key: String, of subject: String) -> SQLQuestion {
        SQLQuestion(findByKey, [.text(subject), .text(key)])
    }

    private static let findByID = "SELECT \(columns) FROM resolutions WHERE resolution_id = $1"
    private static let findByKey =
        "SELECT \(columns) FROM resolutions WHERE requested_by = $1 AND idempotency_key = $2"
    private static let insertedColumns =
        columns.components(separatedBy: ", ") + ["idempotency_key", "customer_hash", "approver_tier"]

    /// Writes a new request.
    ///
    /// - Returns: its row as it is now, by the names of columns.
    static func insert(
        _ stored: Stored,
        key: String,
        customerHash: String?,
        in transaction: WriteTransaction
    ) throws -> [String: SQLValue] {
        let grant = stored.grant
        var fields: [SQLValue] = [
            .text(grant.id), .integer(grant.sequence), .text(grant.status.rawValue), .text(grant.requestedBy),
            .optional(grant.customerID), .optional(grant.conversationID), .text(grant.action), .text(grant.reason),
            .optional(grant.amount?.currency.code), .optional(grant.amount?.minorUnits), .optional(grant.channel),
        ]
        fields += [
            .text(JSON.array(grant.teams.map(JSON.string)).text), .integer(grant.createdAt),
            .optional(grant.expiresAt), .optional(grant.decidedAt), .optional(grant.decidedBy), .optional(grant.note),
            .integer(grant.policyVersion), .text(grant.policySHA256), .text(grant.verdict.json.text),
            .text(grant.facts.storedJSON(after: grant.historyAfter).text),
            .text(grant.facts.personalJSON(locale: grant.locale).text), .null, .optional(stored.person),
            .text(stored.bodyHash),
            .text(stored.scopes.json.text), .null,
        ]
        fields += [.text(key), .optional(customerHash), .optional(grant.verdict.approverTier.map(Int64.init))]
        try transaction.post(
            """
            INSERT INTO resolutions (\(columns), idempotency_key, customer_hash, approver_tier)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23, $24, $25, $26, $27, $28, $29, $30)
            """,
            fields
        )
        for team in Set(grant.teams) {
            try transaction.post(
                "INSERT INTO resolution_teams (team, sequence) VALUES ($1, $2)",
                [.text(team), .integer(grant.sequence)]
            )
        }
        try Store.markOutdated(RecordKind.resolutions.rawValue, grant.id, in: transaction)
        return Dictionary(uniqueKeysWithValues: zip(insertedColumns, fields))
    }

    /// Writes what may change of a request.
    static func update(_ stored: Stored, in transaction: WriteTransaction) throws {
        let grant = stored.grant
        try transaction.post(
            """
            UPDATE resolutions SET status = $2, decided_microseconds = $3, decided_by = $4, note = $5, settlement = $6,
                approver_keys = $7, awaits_confirmation = $8 WHERE resolution_id = $1
            """,
            [
                .text(grant.id), .text(grant.status.rawValue), .optional(grant.decidedAt), .optional(grant.decidedBy),
                .optional(grant.note), .optional(grant.settlement?.json.text),
                .optional(stored.approverKeys.isEmpty ? nil : stored.approverKeys.joined(separator: " ")),
                .integer(grant.settlement?.awaitsConfirmation ?? false ? 1 : 0),
            ]
        )
        try Store.markOutdated(RecordKind.resolutions.rawValue, grant.id, in: transaction)
    }
}
