package import AuditTrail
package import Storage
import Vocabulary

/// Links that sign a browser in, once: for installations without an issuer, and for trying out.
///
/// A link holds a random secret, of which the hash is stored, and counts for some minutes. Who has used it is a session like any
/// other.
package struct SignInLinks: Sendable {
    /// How long a link may count at most, in microseconds.
    package static let longest: Int64 = 86_400_000_000
    /// How long links that are over are kept, in microseconds.
    private static let kept: Int64 = 7 * 86_400_000_000
    private static let idPrefix = "lnk_"

    private let store: Store

    package init(store: Store) { self.store = store }

    static let migration = Migration(
        "access-links",
        [
            """
            CREATE TABLE access_links (
                id TEXT NOT NULL PRIMARY KEY,
                secret_sha256 TEXT NOT NULL UNIQUE,
                subject TEXT NOT NULL,
                roles TEXT NOT NULL,
                attributes TEXT NOT NULL,
                created_microseconds BIGINT NOT NULL,
                expires_microseconds BIGINT NOT NULL,
                used_microseconds BIGINT
            )
            """
        ],
        generation: 2,
        livesWith: 1
    )

    /// Makes a link.
    ///
    /// - Parameters:
    ///   - principal: as whom it signs in.
    ///   - lifetime: how long it counts, in microseconds, at most ``longest``.
    ///   - actor: who makes it.
    ///   - now: the time, in microseconds since 1970.
    ///   - generator: where the secret comes from.
    /// - Returns: the secret, which cannot be recovered.
    /// - Throws: ``AccessError`` `invalid`; the store's error.
    package func create(
        for principal: Principal,
        lifetime: Int64,
        by actor: AuditActor,
        now: Int64,
        using generator: inout some RandomNumberGenerator
    ) async throws -> String {
        try TokenRegistry.check(subject: principal.subject, roles: principal.roles)
        guard (1...Self.longest).contains(lifetime) else {
            throw AccessError(code: .invalid, message: "a sign-in link counts for a day at most")
        }
        let secret = TokenText.random("fk_", using: &generator)
        let id = TokenText.randomID(Self.idPrefix, using: &generator)
        let attributes = try principal.attributes.storedText()
        try await store.write { transaction in
            try transaction.execute(
                "DELETE FROM access_links WHERE expires_microseconds < $1",
                [.integer(now - Self.kept)]
            )
            try transaction.execute(
                """
                INSERT INTO access_links (id, secret_sha256, subject, roles, attributes, created_microseconds, expires_microseconds)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                """,
                [
                    .text(id), .text(ContentHash.sha256(secret)), .text(principal.subject),
                    .text(SessionTable.text(of: principal.roles)), .text(attributes), .integer(now),
                    .integer(now + lifetime),
                ]
            )
            let event = AuditEvent(
                actor: actor,
                action: "session.create_link",
                target: id,
                details: "for \(SessionTable.text(of: principal.roles))"
            )
            try AuditLog.append([event], at: now, in: transaction)
        }
        return secret
    }

    /// Signs in by a link, which does not count any more afterwards.
    ///
    /// - Parameters:
    ///   - secret: what the link holds.
    ///   - limits: how long the session lasts.
    ///   - now: the time, in microseconds since 1970.
    ///   - generator: where the secret of the session comes from.
    /// - Returns: the session, and its secret.
    /// - Throws: ``AccessError`` `unauthenticated` for a link that is unknown, used or expired; the store's error.
    package func redeem(
        _ secret: String,
        limits: SignInSession.Limits,
        now: Int64,
        using generator: inout some RandomNumberGenerator
    ) async throws -> (session: SignInSession, secret: String) {
        let hash = ContentHash.sha256(secret)
        let known = try await store.read { try Self.principal(of: hash, now: now, in: $0) }
        guard let known else { throw Self.refusal }
        let fresh = try SessionRegistry.fresh(
            known.principal,
            origin: known.id,
            limits: limits,
            now: now,
            using: &generator
        )
        try await store.write { transaction in
            let changed = try transaction.execute(
                "UPDATE access_links SET used_microseconds = $2 WHERE secret_sha256 = $1 AND used_microseconds IS NULL",
                [.text(hash), .integer(now)]
            )
            guard changed > 0 else { throw Self.refusal }
            try SessionRegistry.begin(fresh.session, secret: fresh.secret, in: transaction)
        }
        return fresh
    }

    private static func principal(
        of hash: String,
        now: Int64,
        in transaction: some SQLReading
    ) throws -> (id: String, principal: Principal)? {
        try transaction.first(
            """
            SELECT id, subject, roles, attributes FROM access_links
            WHERE secret_sha256 = $1 AND used_microseconds IS NULL AND expires_microseconds > $2
            """,
            [.text(hash), .integer(now)]
        ) { row in
            let roles = try row.text("roles").split(separator: " ").map {
                try Role(stored: String($0), as: "a role of a sign-in link")
            }
            return (
                try row.text("id"),
                Principal(
                    subject: try row.text("subject"),
                    roles: Set(roles),
                    attributes: try [String: AttributeValue](storedText: row.text("attributes"))
                )
            )
        }
    }

    private static let refusal = AccessError(
        code: .unauthenticated,
        message: "the link is unknown, was used already or has expired",
        detail: "a sign-in link that does not count"
    )
}
