package import AuditTrail
package import Storage
package import Vocabulary

/// The tokens of the installation: created, listed, revoked and checked.
///
/// Tokens are random and stored as SHA-256 hashes. A token that another process creates or revokes is noticed here at
/// the next call on: every check asks the store whether tokens have changed (`Storage.VersionedCache`), at a cost of
/// less than a microsecond.
///
/// The latest noted time is kept (``noteTime(_:)``), and tokens are never checked against an earlier one: a token
/// that had expired does not become valid again when the clock is set back.
///
/// ## Topics
/// - ``create(subject:roles:attributes:declaration:expiresAt:by:now:using:)``
/// - ``authenticate(_:now:)``
/// - ``current(_:now:)``
/// - ``principal(of:holdingAnyOf:now:)``
/// - ``isTeam(_:now:)``
/// - ``noteTime(_:)``
package final class TokenRegistry: Sendable {
    /// The rows of tokens and of sessions.
    static let topic = "tokens"
    private static let timeTopic = "tokens.time"
    /// How many tokens are kept at hand.
    private static let maximumKept = 20_000

    let store: Store
    /// People who have signed in by a browser or by a token of an issuer; wherever a token's bearer counts, they do.
    package let sessions: SessionRegistry
    /// Tokens by their ids; nil for an id that none has.
    private let known: VersionedCache<String, Token?>
    /// The tokens of a subject, the newest first.
    private let ofSubjects: VersionedCache<String, [Token]>
    /// The latest time that was noted.
    private let notedTime: VersionedCache<OnlyKey, Int64>
    /// The teams that tokens name, with the end of the last valid token of each.
    private let teams: VersionedCache<OnlyKey, [String: Int64]>

    package init(store: Store) {
        self.store = store
        sessions = SessionRegistry(store: store)
        known = VersionedCache(of: Self.topic, in: store, limit: Self.maximumKept)
        ofSubjects = VersionedCache(of: Self.topic, in: store, limit: Self.maximumKept)
        notedTime = VersionedCache(of: Self.timeTopic, in: store)
        teams = VersionedCache(of: Self.topic, in: store)
    }

    /// The tables of this module.
    package static let migrations = [
        Migration(
            "access-1",
            [
                """
                CREATE TABLE access_tokens (
                    id TEXT NOT NULL PRIMARY KEY,
                    token_sha256 TEXT NOT NULL UNIQUE,
                    subject TEXT NOT NULL,
                    roles TEXT NOT NULL,
                    attributes TEXT NOT NULL,
                    created_microseconds BIGINT NOT NULL,
                    expires_microseconds BIGINT,
                    revoked_microseconds BIGINT
                )
                """
            ]
        ),
        Migration("access-2", ["CREATE INDEX access_tokens_by_subject ON access_tokens (subject)"]),
        Migration("access-teams", [upgradeTable]),
        Migration(
            "access-3",
            [
                """
                CREATE TABLE access_clock (
                    id BIGINT NOT NULL PRIMARY KEY,
                    latest_microseconds BIGINT NOT NULL
                )
                """
            ]
        ),
        TokenDeclaration.migration,
        TokenUsage.migration,
        SessionTable.migration,
        SignInLinks.migration,
    ]

    /// Creates a token.
    ///
    /// Its text is answered once and cannot be recovered.
    ///
    /// - Parameters:
    ///   - subject: 1 to 200 characters without control characters.
    ///   - roles: at least one.
    ///   - attributes: what rules and restrictions will read.
    ///   - declaration: who answers for it, what it is for, and what it may call.
    ///   - expiresAt: microseconds since 1970, later than `now`; nil for no expiry.
    ///   - actor: who creates it, for the audit log.
    ///   - now: the time, in microseconds since 1970.
    ///   - generator: where the token's randomness comes from.
    /// - Returns: the token as it is kept, and its text.
    /// - Throws: ``AccessError`` `invalid`, or the store's error.
    package func create(
        subject: String,
        roles: Set<Role>,
        attributes: [String: AttributeValue] = [:],
        declaration: TokenDeclaration = .none,
        expiresAt: Int64? = nil,
        by actor: AuditActor,
        now: Int64,
        using generator: inout some RandomNumberGenerator
    ) async throws -> (token: Token, text: String) {
        try Self.check(subject: subject, roles: roles)
        guard expiresAt.map({ $0 > now }) ?? true else {
            throw AccessError(code: .invalid, message: "the expiry is in the past")
        }
        try declaration.check()
        let text = TokenText.random(using: &generator)
        let id = TokenText.randomID(using: &generator)
        let token = Token(
            id: id,
            principal: Principal(
                subject: subject,
                roles: roles,
                attributes: attributes,
                tokenID: id,
                allowed: declaration.allowed
            ),
            declaration: declaration,
            createdAt: now,
            expiresAt: expiresAt,
            revokedAt: nil
        )
        let stored = try attributes.storedText()
        try await store.write { [self] transaction in
            try insert(token, hash: ContentHash.sha256(text), attributes: stored, in: transaction)
            try recordChange(token.id, action: "access.create_token", by: actor, now: now, in: transaction)
        }
        return (token, text)
    }

    /// Checks whom a token or a session is for.
    static func check(subject: String, roles: Set<Role>) throws(AccessError) {
        guard !subject.isEmpty, subject.count <= 200, !subject.unicodeScalars.contains(where: { $0.value < 32 }) else {
            throw AccessError(code: .invalid, message: "a subject has 1 to 200 characters and no control characters")
        }
        guard !roles.isEmpty else { throw AccessError(code: .invalid, message: "a token needs at least one role") }
    }

    /// Every token, oldest first.
    package func list() async throws -> [Token] {
        try await store.read { try Self.all(in: $0) }
    }

    static func all(in transaction: some SQLReading) throws -> [Token] {
        try transaction.rows("SELECT \(columns) FROM access_tokens ORDER BY created_microseconds, id", [], token)
    }

    /// Revokes a token; one that is revoked already stays as it is.
    ///
    /// - Throws: ``AccessError`` `notFound`.
    package func revoke(_ id: String, by actor: AuditActor, now: Int64) async throws {
        try await store.write { [self] transaction in
            let known = try transaction.first("SELECT 1 FROM access_tokens WHERE id = $1", [.text(id)]) { _ in true }
            guard known != nil else { throw AccessError(code: .notFound, message: "there is no token \(id)") }
            let changed = try transaction.execute(
                "UPDATE access_tokens SET revoked_microseconds = $2 WHERE id = $1 AND revoked_microseconds IS NULL",
                [.text(id), .integer(now)]
            )
            guard changed > 0 else { return }
            try recordChange(id, action: "access.revoke_token", by: actor, now: now, in: transaction)
        }
    }

    /// The token whose text this is.
    ///
    /// - Throws: ``AccessError`` `unauthenticated` when it is unknown, expired or revoked.
    package func authenticate(_ text: String, now: Int64) async throws -> Token {
        let (token, time) = try await store.read { transaction in
            (
                try transaction.first(
                    "SELECT \(Self.columns) FROM access_tokens WHERE token_sha256 = $1",
                    [.text(ContentHash.sha256(text))],
                    Self.token
                ),
                max(now, try Self.notedTime(in: transaction))
            )
        }
        guard let token else { throw Self.refusal("unknown") }
        guard token.revokedAt == nil else { throw Self.refusal("\(token.id), revoked") }
        guard token.counts(at: time) else {
            // What was found expired once stays so.
            if let expiry = token.expiresAt, time == now { try await noteTime(max(expiry, now)) }
            throw Self.refusal("\(token.id), expired")
        }
        return token
    }

    private static func refusal(_ detail: String) -> AccessError {
        AccessError(code: .unauthenticated, message: "the token is unknown, expired or revoked", detail: detail)
    }

    /// The token or session with this id as it is now; nil once it is expired or revoked.
    package func current(_ id: String, now: Int64) async throws -> Token? {
        if SessionRegistry.isID(id) { return try await sessions.current(id, now: try await time(now)) }
        let token = try await known.value(for: id) { transaction, _ in
            try transaction.first("SELECT \(Self.columns) FROM access_tokens WHERE id = $1", [.text(id)], Self.token)
        }
        let time = try await time(now)
        return token.flatMap { $0.counts(at: time) ? $0 : nil }
    }

    /// The ids of the tokens and sessions that were revoked at a time or later, in microseconds since 1970; reads all of them.
    package func revoked(since time: Int64) async throws -> Set<String> {
        let statement = """
            SELECT id FROM access_tokens WHERE revoked_microseconds >= $1
            UNION ALL SELECT id FROM access_sessions WHERE ended_microseconds >= $1
            """
        return Set(try await store.read { try $0.rows(statement, [.integer(time)]) { try $0.text("id") } })
    }

    /// A number that changes whenever a token is created or revoked, or a session begun or ended, by whatever process.
    package func epoch() async throws -> Int64 {
        try await store.revisions()[Self.topic]
    }

    /// The time that tokens are checked against: now, or the latest that was noted when the clock was set back.
    package func time(_ now: Int64) async throws -> Int64 {
        max(now, try await notedTime.value { transaction, _ in try Self.notedTime(in: transaction) })
    }

    /// Notes the time, below which tokens are not checked any more.
    ///
    /// Call it regularly: when the clock is set back, only tokens that expired since the last call become valid again.
    package func noteTime(_ now: Int64) async throws {
        try await store.write { transaction in
            let changed = try transaction.execute(
                """
                INSERT INTO access_clock (id, latest_microseconds) VALUES (1, $1)
                ON CONFLICT (id) DO UPDATE SET latest_microseconds = excluded.latest_microseconds
                WHERE access_clock.latest_microseconds < excluded.latest_microseconds
                """,
                [.integer(now)]
            )
            if changed > 0 { try Store.touch(Self.timeTopic, in: transaction) }
        }
    }

    private static func notedTime(in transaction: some SQLReading) throws -> Int64 {
        try transaction.first("SELECT latest_microseconds FROM access_clock WHERE id = 1") {
            try $0.integer("latest_microseconds")
        } ?? 0
    }

    /// The principal of a subject, by the newest of its valid tokens and sessions.
    ///
    /// - Parameters:
    ///   - subject: the subject.
    ///   - roles: of which the token holds one; any token does unless given.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: nil when there is no such token.
    /// - Throws: the store's error.
    package func principal(
        of subject: String,
        holdingAnyOf roles: Set<Role>? = nil,
        now: Int64
    ) async throws -> Principal? {
        let time = try await time(now)
        return try await tokens(of: subject).first { token in
            token.counts(at: time) && roles.map { token.principal.holds(anyOf: $0) } ?? true
        }?.principal
    }

    /// Whether a subject ever had a token, including expired and revoked ones, or has signed in within the last month.
    package func knows(_ subject: String) async throws -> Bool { try await !tokens(of: subject).isEmpty }

    /// Whether a principal with a valid token and one of the roles satisfies a condition.
    package func contains(
        anyOf roles: Set<Role>,
        now: Int64,
        in transaction: some SQLReading,
        where isSuch: (Principal) -> Bool
    ) throws -> Bool {
        let names = roles.map(\.rawValue).sorted().map { "roles LIKE '%\($0)%'" }.joined(separator: " OR ")
        let tokens = try transaction.rows(
            "SELECT \(Self.columns) FROM access_tokens WHERE revoked_microseconds IS NULL AND (\(names))",
            [],
            Self.token
        )
        return (tokens + (try SessionRegistry.open(at: now, in: transaction))).contains { token in
            token.counts(at: now) && !token.principal.roles.isDisjoint(with: roles) && isSuch(token.principal)
        }
    }

    /// Whether a valid token names this team.
    package func isTeam(_ team: String, now: Int64) async throws -> Bool {
        try await teams.value { transaction, _ in try Self.ends(in: transaction) }[team].map { now < $0 } ?? false
    }

    /// The same inside a transaction.
    package func isTeam(_ team: String, now: Int64, in transaction: some SQLReading) throws -> Bool {
        try (teams.current() ?? Self.ends(in: transaction))[team].map { now < $0 } ?? false
    }

    /// The end of the last valid token of each team.
    private static func ends(in transaction: some SQLReading) throws -> [String: Int64] {
        var ends: [String: Int64] = [:]
        let sessions = try SessionRegistry.open(at: 0, in: transaction)
        for token in try all(in: transaction) + sessions where token.revokedAt == nil {
            for team in token.principal.teams { ends[team] = max(ends[team] ?? 0, token.expiresAt ?? .max) }
        }
        return ends
    }

    /// The tokens and sessions of a subject, the newest first.
    private func tokens(of subject: String) async throws -> [Token] {
        try await ofSubjects.value(for: subject) { transaction, _ in
            let tokens = try transaction.rows(
                """
                SELECT \(Self.columns) FROM access_tokens WHERE subject = $1 ORDER BY created_microseconds DESC, id
                """,
                [.text(subject)],
                Self.token
            )
            let sessions = try SessionRegistry.tokens(of: subject, in: transaction)
            guard !sessions.isEmpty else { return tokens }
            return (tokens + sessions).sorted { ($1.createdAt, $0.id) < ($0.createdAt, $1.id) }
        }
    }

    /// Records a change of a token in the audit log, and invalidates the caches of every process.
    func recordChange(
        _ id: String,
        action: String,
        by actor: AuditActor,
        details: String? = nil,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        try Store.touch(Self.topic, in: transaction)
        let event = AuditEvent(
            actor: actor,
            action: action,
            target: id,
            after: try Self.rowHash(of: id, in: transaction),
            details: details
        )
        try AuditLog.append([event], at: now, in: transaction)
    }

    /// The hash of a token's row, so that the log vouches for its roles and its end; nil when there is no such row.
    private static func rowHash(of id: String, in transaction: some SQLReading) throws -> String? {
        try transaction.first(
            "SELECT \(columns), token_sha256 FROM access_tokens WHERE id = $1",
            [.text(id)],
            rowHash
        )
    }

    private static func rowHash(_ row: SQLRow) throws -> String {
        AuditRowHash.hash(
            try [
                row.text("id"), row.text("subject"), row.text("roles"), row.text("attributes"),
                String(row.integer("created_microseconds")),
                row.optionalInteger("expires_microseconds").map(String.init),
                row.optionalInteger("revoked_microseconds").map(String.init), row.text("token_sha256"),
            ] + declared(row)
        )
    }

    /// What the hash says of a declaration: nothing where none was made, so that earlier hashes hold.
    private static func declared(_ row: SQLRow) throws -> [String?] {
        let texts = try TokenDeclaration(row).texts
        return texts.contains { $0 != nil } ? texts : []
    }

    /// Compares the tokens with what the log says of them; those of the first release, of which it has no hash, only
    /// with whether it knows them.
    package static func verifyRows(in transaction: some SQLReading) throws -> AuditRowCheck {
        var check = AuditRowCheck(kind: "token")
        var hashes: [String: String] = [:]
        try AuditLog.forEachLatest(ofModule: "access", in: transaction) { hashes[$0.event.target] = $0.event.after }
        try transaction.forEach("SELECT \(columns), token_sha256 FROM access_tokens ORDER BY id") { row in
            let id = try row.text("id")
            let known = hashes.removeValue(forKey: id)
            if let known {
                check.note(id, try rowHash(row) == known ? nil : "it is not as it was when the log last told of it")
            } else {
                let isKnown = try !AuditLog.entries(AuditFilter(object: id), in: transaction).isEmpty
                check.note(id, isKnown ? nil : "the log has no entry for it")
            }
        }
        for id in hashes.keys.sorted() { check.note(id, "it is gone") }
        return check
    }

    /// Compares the sessions that are kept with what the log says of them.
    package static func verifySessions(in transaction: some SQLReading) throws -> AuditRowCheck {
        try SessionTable.verify(in: transaction)
    }

    private func insert(
        _ token: Token,
        hash: String,
        attributes: String,
        in transaction: WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO access_tokens (\(Self.columns), token_sha256)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            [
                .text(token.id), .text(token.principal.subject),
                .text(token.principal.roles.map(\.rawValue).sorted().joined(separator: " ")), .text(attributes),
                .integer(token.createdAt), .optional(token.expiresAt), .optional(token.revokedAt),
            ] + token.declaration.texts.map(SQLValue.optional) + [.text(hash)]
        )
    }

    private static let columns = """
        id, subject, roles, attributes, created_microseconds, expires_microseconds, revoked_microseconds, \
        \(TokenDeclaration.columns)
        """

    private static func token(_ row: SQLRow) throws -> Token {
        let roles = try row.text("roles").split(separator: " ").map {
            try Role(stored: String($0), as: "a role of a token")
        }
        let id = try row.text("id")
        let declaration = try TokenDeclaration(row)
        return Token(
            id: id,
            principal: Principal(
                subject: try row.text("subject"),
                roles: Set(roles),
                attributes: try [String: AttributeValue](storedText: row.text("attributes")),
                tokenID: id,
                allowed: declaration.allowed
            ),
            declaration: declaration,
            createdAt: try row.integer("created_microseconds"),
            expiresAt: try row.optionalInteger("expires_microseconds"),
            revokedAt: try row.optionalInteger("revoked_microseconds")
        )
    }
}
