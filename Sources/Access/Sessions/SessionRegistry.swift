package import AuditTrail
import Storage
import Vocabulary

/// The sessions of people: begun, checked, followed by their use, and ended.
///
/// They are in the store, so all servers that share it know them. A session that is ended does not count from the next call on, on
/// whatever server and connection: ending it invalidates what the servers keep of tokens and sessions. Secrets are random, and only
/// their hashes are stored.
///
/// ## Topics
/// - ``begin(_:origin:limits:now:using:)``
/// - ``authenticate(_:now:)``
/// - ``accept(_:from:issuedAt:until:now:using:)``
/// - ``noteUse(of:now:)``, ``writeUses()``
/// - ``end(_:as:reason:by:now:)``
package final class SessionRegistry: Sendable {
    /// How a session is ended, and the action that the log names.
    package enum Ending: String, Sendable {
        case signOut = "session.sign_out"
        case revocation = "session.revoke"
        /// The subject has signed in with more browsers than may be signed in at a time.
        case replacement = "session.replace"
    }

    /// How many browsers of a subject are signed in at a time.
    package static let maximumBrowsers = 20
    /// How long sessions that are over are listed, in microseconds.
    private static let kept: Int64 = 30 * 86_400_000_000
    private static let maximumKept = 20_000
    private static let idPrefix = "ses_"

    let store: Store
    private let known: VersionedCache<String, SignInSession?>
    private let bearers: VersionedCache<String, [SignInSession]>
    private let uses = SessionUses()

    init(store: Store) {
        self.store = store
        known = VersionedCache(of: TokenRegistry.topic, in: store, limit: Self.maximumKept)
        bearers = VersionedCache(of: TokenRegistry.topic, in: store, limit: Self.maximumKept)
    }

    /// Whether an id is that of a session rather than of a token.
    package static func isID(_ id: String) -> Bool { id.hasPrefix(idPrefix) }

    // MARK: Browsers

    /// Begins the session of a browser.
    ///
    /// Whoever signs in with a further browser than ``maximumBrowsers`` is signed out with the one that was used least recently.
    ///
    /// - Parameters:
    ///   - principal: the subject with its roles and attributes.
    ///   - origin: who vouched for it.
    ///   - limits: how long it lasts.
    ///   - now: the time, in microseconds since 1970.
    ///   - generator: where the secret comes from.
    /// - Returns: the session, and its secret, which cannot be recovered.
    /// - Throws: ``AccessError`` `invalid`, or the store's error.
    package func begin(
        _ principal: Principal,
        origin: String,
        limits: SignInSession.Limits,
        now: Int64,
        using generator: inout some RandomNumberGenerator
    ) async throws -> (session: SignInSession, secret: String) {
        let (session, secret) = try Self.fresh(principal, origin: origin, limits: limits, now: now, using: &generator)
        try await store.write { try Self.begin(session, secret: secret, in: $0) }
        return (session, secret)
    }

    static func fresh(
        _ principal: Principal,
        origin: String,
        limits: SignInSession.Limits,
        now: Int64,
        using generator: inout some RandomNumberGenerator
    ) throws(AccessError) -> (session: SignInSession, secret: String) {
        try TokenRegistry.check(subject: principal.subject, roles: principal.roles)
        let id = TokenText.randomID(idPrefix, using: &generator)
        let session = SignInSession(
            id: id,
            kind: .browser,
            principal: Principal(
                subject: principal.subject,
                roles: principal.roles,
                attributes: principal.attributes,
                tokenID: id
            ),
            origin: origin,
            createdAt: now,
            issuedAt: now,
            usedAt: now,
            idle: limits.idle,
            expiresAt: now + limits.longest,
            endedAt: nil
        )
        return (session, TokenText.random("fs_", using: &generator))
    }

    static func begin(_ session: SignInSession, secret: String, in transaction: WriteTransaction) throws {
        let now = session.createdAt
        let open = try SessionTable.rows(
            "subject = $1 AND kind = 'browser' AND ended_microseconds IS NULL AND expires_microseconds > $2",
            [.text(session.principal.subject), .integer(now)],
            in: transaction
        )
        for one in open.sorted(by: { $0.usedAt > $1.usedAt }).dropFirst(maximumBrowsers - 1) {
            try end(one.id, as: .replacement, by: session.principal.auditActor, now: now, in: transaction)
        }
        try SessionTable.insert(session, secret: ContentHash.sha256(secret), in: transaction)
        try record(session.id, "session.sign_in", by: session.principal.auditActor, now: now, in: transaction)
    }

    /// The session whose secret this is.
    ///
    /// - Throws: ``AccessError`` `unauthenticated` when it is unknown, `ended` when it is over; the store's error.
    package func authenticate(_ secret: String, now: Int64) async throws -> SignInSession {
        let hash = ContentHash.sha256(secret)
        let found = try await store.read { transaction in
            try SessionTable.rows("secret_sha256 = $1", [.text(hash)], in: transaction).first
        }
        guard let found else { throw Self.refusal("unknown session") }
        guard found.counts(at: now, usedAt: max(found.usedAt, uses.last(found.id) ?? 0)) else {
            throw AccessError(code: .ended, message: Self.over)
        }
        return found
    }

    private static let over = "the session is over; sign in again"

    private static func refusal(_ detail: String) -> AccessError {
        AccessError(code: .unauthenticated, message: over, detail: detail)
    }

    // MARK: Bearers

    /// The session of a subject for which an issuer has vouched by a token.
    ///
    /// The newest token decides about roles and attributes, so whoever loses a role at the issuer loses it here with the next token.
    /// A token that was issued before its subject was signed out here does not count.
    ///
    /// - Parameters:
    ///   - principal: the subject with its roles and attributes.
    ///   - origin: the issuer.
    ///   - issuedAt: when the token was issued, in microseconds since 1970.
    ///   - end: until when the subject is known by it, which may be longer than the token counts.
    ///   - now: the time, in microseconds since 1970.
    ///   - generator: where a new id comes from.
    /// - Returns: the session; nothing is written where it stands as it is.
    /// - Throws: ``AccessError``, or the store's error.
    package func accept(
        _ principal: Principal,
        from origin: String,
        issuedAt: Int64,
        until end: Int64,
        now: Int64,
        using generator: inout some RandomNumberGenerator
    ) async throws -> SignInSession {
        try TokenRegistry.check(subject: principal.subject, roles: principal.roles)
        let subject = principal.subject
        let stored = try await bearers.value(for: subject) { transaction, _ in
            try Self.bearers(of: subject, in: transaction)
        }
        let token = Bearer(principal: principal, origin: origin, issuedAt: issuedAt, end: end)
        if let current = try Self.standing(of: token, among: stored, now: now) { return current }
        let id = TokenText.randomID(Self.idPrefix, using: &generator)
        return try await store.write { transaction in
            let stored = try Self.bearers(of: subject, in: transaction)
            if let current = try Self.standing(of: token, among: stored, now: now) { return current }
            let live = stored.first { $0.counts(at: now, usedAt: now) }
            return try Self.write(token, over: live, id: id, now: now, in: transaction)
        }
    }

    /// What a token says of a subject.
    private struct Bearer {
        let principal: Principal
        let origin: String
        let issuedAt: Int64
        let end: Int64

        func says(thatOf session: SignInSession) -> Bool {
            session.origin == origin && session.principal.roles == principal.roles
                && session.principal.attributes == principal.attributes
        }
    }

    private static func bearers(of subject: String, in transaction: some SQLReading) throws -> [SignInSession] {
        try SessionTable.rows("subject = $1 AND kind = 'bearer'", [.text(subject)], in: transaction)
    }

    /// The session that stands for a token without a change; nil where one has to be written.
    private static func standing(
        of token: Bearer,
        among sessions: [SignInSession],
        now: Int64
    ) throws(AccessError) -> SignInSession? {
        guard !sessions.contains(where: { token.issuedAt <= $0.endedAt ?? .min }) else {
            throw refusal("a token that was issued before its subject was signed out")
        }
        guard let live = sessions.first(where: { $0.counts(at: now, usedAt: now) }) else { return nil }
        let isCovered = live.expiresAt >= token.end && token.says(thatOf: live)
        return isCovered || token.issuedAt < live.issuedAt ? live : nil
    }

    private static func write(
        _ token: Bearer,
        over live: SignInSession?,
        id: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> SignInSession {
        let id = live?.id ?? id
        let session = SignInSession(
            id: id,
            kind: .bearer,
            principal: Principal(
                subject: token.principal.subject,
                roles: token.principal.roles,
                attributes: token.principal.attributes,
                tokenID: id
            ),
            origin: token.origin,
            createdAt: live?.createdAt ?? now,
            issuedAt: token.issuedAt,
            usedAt: now,
            idle: 0,
            // Some time more, so that not each of many tokens is a change.
            expiresAt: max(token.end + (token.end - now) / 4, live?.expiresAt ?? 0),
            endedAt: nil
        )
        try transaction.execute("DELETE FROM access_sessions WHERE id = $1", [.text(id)])
        try SessionTable.insert(session, secret: nil, in: transaction)
        if let live, token.says(thatOf: live) {
            try Store.touch(TokenRegistry.topic, in: transaction)
        } else {
            try record(id, "session.accept", by: session.principal.auditActor, now: now, in: transaction)
        }
        return session
    }

    // MARK: Checking

    /// What a session authenticates at a time; nil once it is over.
    func current(_ id: String, now: Int64) async throws -> Token? {
        let session = try await known.value(for: id) { transaction, _ in
            try SessionTable.rows("id = $1", [.text(id)], in: transaction).first
        }
        guard let session else { return nil }
        if session.counts(at: now, usedAt: max(session.usedAt, uses.last(id) ?? 0)) { return session.token }
        // It may have been used on another server since the row was read, which changes no topic.
        guard session.counts(at: now, usedAt: now) else { return nil }
        let usedAt = try await store.read { transaction in
            try transaction.first("SELECT used_microseconds FROM access_sessions WHERE id = $1", [.text(id)]) {
                try $0.integer("used_microseconds")
            }
        }
        guard let usedAt, session.counts(at: now, usedAt: usedAt) else { return nil }
        uses.learn(id, usedAt: usedAt)
        return session.token
    }

    /// Notes that a session was used by a call; does nothing for the id of a token.
    package func noteUse(of id: String, now: Int64) {
        if Self.isID(id) { uses.note(id, at: now) }
    }

    /// Writes the uses since the last time; to be called a few times a minute.
    ///
    /// - Throws: the store's error; nothing is lost then.
    package func writeUses() async throws { try await uses.write(to: store) }

    // MARK: Ending

    /// Ends a session; one that is over stays as it is.
    ///
    /// - Parameters:
    ///   - id: the session.
    ///   - ending: how.
    ///   - reason: why, in the words of whoever ends it.
    ///   - actor: who ends it.
    ///   - now: the time, in microseconds since 1970.
    /// - Throws: ``AccessError`` `notFound`; the store's error.
    package func end(
        _ id: String,
        as ending: Ending,
        reason: String? = nil,
        by actor: AuditActor,
        now: Int64
    ) async throws {
        try await store.write { transaction in
            guard try !SessionTable.rows("id = $1", [.text(id)], in: transaction).isEmpty else {
                throw AccessError(code: .notFound, message: "there is no session \(id)")
            }
            try Self.end(id, as: ending, reason: reason, by: actor, now: now, in: transaction)
        }
    }

    /// Ends every session of a subject.
    ///
    /// - Returns: how many there were.
    package func endAll(of subject: String, reason: String?, by actor: AuditActor, now: Int64) async throws -> Int {
        try await store.write { transaction in
            let open = try SessionTable.rows(
                "subject = $1 AND ended_microseconds IS NULL AND expires_microseconds > $2",
                [.text(subject), .integer(now)],
                in: transaction
            )
            for session in open {
                try Self.end(session.id, as: .revocation, reason: reason, by: actor, now: now, in: transaction)
            }
            return open.count
        }
    }

    private static func end(
        _ id: String,
        as ending: Ending,
        reason: String? = nil,
        by actor: AuditActor,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let changed = try transaction.execute(
            "UPDATE access_sessions SET ended_microseconds = $2 WHERE id = $1 AND ended_microseconds IS NULL",
            [.text(id), .integer(now)]
        )
        guard changed > 0 else { return }
        try record(id, ending.rawValue, by: actor, reason: reason, now: now, in: transaction)
    }

    private static func record(
        _ id: String,
        _ action: String,
        by actor: AuditActor,
        reason: String? = nil,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        try Store.touch(TokenRegistry.topic, in: transaction)
        let event = AuditEvent(
            actor: actor,
            action: action,
            target: id,
            after: try SessionTable.rowHash(of: id, in: transaction),
            text: reason
        )
        try AuditLog.append([event], at: now, in: transaction)
    }

    // MARK: Listing

    /// Sessions, the newest first.
    ///
    /// - Parameters:
    ///   - subject: whose; everybody's unless given.
    ///   - hasEnded: whether those are listed that are over, for as long as they are kept.
    ///   - limit: how many at most.
    ///   - offset: how many to leave out.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the sessions.
    /// - Throws: the store's error.
    package func list(
        of subject: String? = nil,
        withEnded hasEnded: Bool = false,
        limit: Int,
        offset: Int = 0,
        now: Int64
    ) async throws -> [SignInSession] {
        let sessions = try await store.read { transaction in
            try subject.map { try SessionTable.rows("subject = $1", [.text($0)], in: transaction) }
                ?? SessionTable.rows("1 = 1", [], in: transaction)
        }
        let shown = sessions.filter { hasEnded || $0.counts(at: now, usedAt: max($0.usedAt, uses.last($0.id) ?? 0)) }
        return Array(shown.dropFirst(offset).prefix(limit))
    }

    /// The last use of a session that is known here or was written, in microseconds since 1970.
    package func lastUse(of session: SignInSession) -> Int64 { max(session.usedAt, uses.last(session.id) ?? 0) }

    /// Deletes the rows of sessions that have been over for a month; the log keeps what it says of them.
    ///
    /// - Returns: how many they were, at most a thousand at a time.
    package func prune(now: Int64) async throws -> Int {
        try await store.write(durability: .process) { transaction in
            try transaction.execute(
                """
                DELETE FROM access_sessions WHERE id IN (
                    SELECT id FROM access_sessions WHERE expires_microseconds < $1 ORDER BY expires_microseconds LIMIT 1000)
                """,
                [.integer(now - Self.kept)]
            )
        }
    }

    // MARK: For the registry of tokens

    /// The sessions of a subject as tokens, the newest first.
    static func tokens(of subject: String, in transaction: some SQLReading) throws -> [Token] {
        try SessionTable.rows("subject = $1", [.text(subject)], in: transaction).map(\.token)
    }

    /// The sessions that are not ended, as tokens.
    static func open(at now: Int64, in transaction: some SQLReading) throws -> [Token] {
        try SessionTable.rows(
            "ended_microseconds IS NULL AND expires_microseconds > $1",
            [.integer(now)],
            in: transaction
        ).map(\.token)
    }
}
