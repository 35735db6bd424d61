import AuditTrail
import Storage
import Vocabulary

/// The rows of sessions.
enum SessionTable {
    static let migration = Migration(
        "access-sessions",
        [
            """
            CREATE TABLE access_sessions (
                id TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL,
                secret_sha256 TEXT UNIQUE,
                subject TEXT NOT NULL,
                roles TEXT NOT NULL,
                attributes TEXT NOT NULL,
                origin TEXT NOT NULL,
                created_microseconds BIGINT NOT NULL,
                issued_microseconds BIGINT NOT NULL,
                used_microseconds BIGINT NOT NULL,
                idle_microseconds BIGINT NOT NULL,
                expires_microseconds BIGINT NOT NULL,
                ended_microseconds BIGINT
            )
            """,
            "CREATE INDEX access_sessions_by_subject ON access_sessions (subject)",
            "CREATE INDEX access_sessions_by_end ON access_sessions (expires_microseconds)",
        ],
        generation: 2,
        livesWith: 1
    )

    private static let columns = """
        id, kind, secret_sha256, subject, roles, attributes, origin, created_microseconds, issued_microseconds, \
        used_microseconds, idle_microseconds, expires_microseconds, ended_microseconds
        """

    /// The sessions that a condition holds for, the newest first.
    static func rows(
        _ condition: String,
        _ values: [SQLValue],
        limit: Int = 1_000_000,
        in transaction: some SQLReading
    ) throws -> [SignInSession] {
        try transaction.rows(
            """
            SELECT \(columns) FROM access_sessions WHERE \(condition) ORDER BY created_microseconds DESC, id LIMIT \(limit)
            """,
            values,
            session
        )
    }

    static func insert(_ session: SignInSession, secret: String?, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO access_sessions (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """,
            [
                .text(session.id), .text(session.kind.rawValue), .optional(secret), .text(session.principal.subject),
                .text(text(of: session.principal.roles)), .text(try session.principal.attributes.storedText()),
                .text(session.origin), .integer(session.createdAt), .integer(session.issuedAt),
                .integer(session.usedAt), .integer(session.idle), .integer(session.expiresAt),
                .optional(session.endedAt),
            ]
        )
    }

    static func text(of roles: Set<Role>) -> String { roles.map(\.rawValue).sorted().joined(separator: " ") }

    /// Compares the sessions that are kept with what the log says of them.
    static func verify(in transaction: some SQLReading) throws -> AuditRowCheck {
        var check = AuditRowCheck(kind: "session")
        var hashes: [String: String] = [:]
        try AuditLog.forEachLatest(ofModule: "session", in: transaction) { hashes[$0.event.target] = $0.event.after }
        try transaction.forEach("SELECT \(columns) FROM access_sessions ORDER BY id") { row in
            let hash = try session(row).rowHash(secret: row.optionalText("secret_sha256"))
            let id = try row.text("id")
            check.note(id, hashes[id] == hash ? nil : "it is not as it was when the log last told of it")
        }
        return check
    }

    /// The hash of a session's row; nil when there is none.
    static func rowHash(of id: String, in transaction: some SQLReading) throws -> String? {
        try transaction.first("SELECT \(columns) FROM access_sessions WHERE id = $1", [.text(id)]) { row in
            try session(row).rowHash(secret: row.optionalText("secret_sha256"))
        }
    }

    private static func session(_ row: SQLRow) throws -> SignInSession {
        let roles = try row.text("roles").split(separator: " ").map {
            try Role(stored: String($0), as: "a role of a session")
        }
        let id = try row.text("id")
        guard let kind = SignInSession.Kind(rawValue: try row.text("kind")) else {
            throw StorageError(code: .corrupt, message: "the session \(id) has a kind that is not known")
        }
        return SignInSession(
            id: id,
            kind: kind,
            principal: Principal(
                subject: try row.text("subject"),
                roles: Set(roles),
                attributes: try [String: AttributeValue](storedText: row.text("attributes")),
                tokenID: id
            ),
            origin: try row.text("origin"),
            createdAt: try row.integer("created_microseconds"),
            issuedAt: try row.integer("issued_microseconds"),
            usedAt: try row.integer("used_microseconds"),
            idle: try row.integer("idle_microseconds"),
            expiresAt: try row.integer("expires_microseconds"),
            endedAt: try row.optionalInteger("ended_microseconds")
        )
    }
}
