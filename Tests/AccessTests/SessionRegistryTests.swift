import Access
import AuditTrail
import Foundation
import Storage
import TestStores
import Testing
import Vocabulary

/// Sessions of people, and the links that begin them.
@Suite struct SessionRegistryTests {
    private static let limits = SignInSession.Limits(idle: 1_000, longest: 10_000)
    private static let migrations = AuditLog.migrations + TokenRegistry.migrations

    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sessions-\(UUID().uuidString)")
    private let tokens: TokenRegistry
    private let store: Store
    private let anna = Principal(subject: "anna", roles: [.agent], attributes: ["team": .one("delivery")])

    init() throws {
        store = try Store(testing: folder, migrations: Self.migrations)
        tokens = TokenRegistry(store: store)
    }

    private func begin(
        _ principal: Principal? = nil,
        now: Int64 = 100
    ) async throws -> (session: SignInSession, secret: String) {
        var generator = SystemRandomNumberGenerator()
        return try await tokens.sessions.begin(
            principal ?? anna,
            origin: "https://id.example.com",
            limits: Self.limits,
            now: now,
            using: &generator
        )
    }

    private func accept(
        _ principal: Principal? = nil,
        issuedAt: Int64 = 100,
        until end: Int64 = 5_000,
        now: Int64 = 100
    ) async throws -> SignInSession {
        var generator = SystemRandomNumberGenerator()
        return try await tokens.sessions.accept(
            principal ?? anna,
            from: "https://id.example.com",
            issuedAt: issuedAt,
            until: end,
            now: now,
            using: &generator
        )
    }

    private static func fails(_ code: AccessError.Code) -> @Sendable (any Error) -> Bool {
        { ($0 as? AccessError)?.code == code }
    }

    @Test func `a session authenticates its subject, who counts like the bearer of a token`() async throws {
        let (session, secret) = try await begin()
        #expect(try await tokens.sessions.authenticate(secret, now: 200) == session)
        let current = try #require(try await tokens.current(session.id, now: 200))
        #expect(current.principal.subject == "anna" && current.principal.tokenID == session.id)
        #expect(try await tokens.principal(of: "anna", now: 200)?.roles == [.agent])
        #expect(try await tokens.knows("anna"))
        #expect(try await tokens.isTeam("delivery", now: 200))
        let isAgent = try store.readNow { try tokens.contains(anyOf: [.agent], now: 200, in: $0) { _ in true } }
        #expect(isAgent)
        #expect(try await tokens.list().isEmpty)
    }

    @Test func `the secret is not in the store, and another one is refused`() async throws {
        let (_, secret) = try await begin()
        try await store.files?.checkpoint()
        let bytes = try Data(contentsOf: folder.appendingPathComponent("frontline.sqlite"))
        #expect(bytes.range(of: Data(secret.utf8)) == nil)
        for text in ["", secret + "A", "fs_"] {
            await #expect(
                performing: { _ = try await tokens.sessions.authenticate(text, now: 200) },
                throws: Self.fails(.unauthenticated)
            )
        }
    }

    @Test func `without use a session is over after a while, and with use in the end`() async throws {
        let (session, secret) = try await begin()
        #expect(try await tokens.current(session.id, now: 1_099) != nil)
        #expect(try await tokens.current(session.id, now: 1_100) == nil)
        await #expect(
            performing: { _ = try await tokens.sessions.authenticate(secret, now: 1_100) },
            throws: Self.fails(.ended)
        )
        for now in stride(from: Int64(900), to: 10_100, by: 900) {
            tokens.sessions.noteUse(of: session.id, now: now)
            #expect(try await tokens.current(session.id, now: now + 99) != nil)
        }
        #expect(try await tokens.current(session.id, now: 10_100) == nil)
    }

    @Test func `what another server noted counts as use once it is written`() async throws {
        let (session, _) = try await begin()
        let other = TokenRegistry(store: try Store(testing: folder, migrations: Self.migrations))
        #expect(try await other.current(session.id, now: 900) != nil)
        tokens.sessions.noteUse(of: session.id, now: 1_000)
        #expect(try await other.current(session.id, now: 1_500) == nil)
        try await tokens.sessions.writeUses()
        #expect(try await other.current(session.id, now: 1_500) != nil)
    }

    @Test func `a session that is ended does not count any more, for other servers neither`() async throws {
        let (session, secret) = try await begin()
        let other = TokenRegistry(store: try Store(testing: folder, migrations: Self.migrations))
        #expect(try await other.current(session.id, now: 200) != nil)
        let epoch = try await other.epoch()
        try await tokens.sessions.end(session.id, as: .signOut, by: "anna", now: 300)
        #expect(try await tokens.current(session.id, now: 301) == nil)
        #expect(try await other.current(session.id, now: 301) == nil)
        #expect(try await other.epoch() != epoch)
        #expect(try await tokens.revoked(since: 300) == [session.id])
        await #expect(
            performing: { _ = try await tokens.sessions.authenticate(secret, now: 301) },
            throws: Self.fails(.ended)
        )
        await #expect(
            performing: { try await tokens.sessions.end("ses_0", as: .revocation, by: "test", now: 1) },
            throws: Self.fails(.notFound)
        )
    }

    @Test func `all sessions of a subject are ended together`() async throws {
        let (first, _) = try await begin()
        let second = try await accept()
        let (foreign, _) = try await begin(Principal(subject: "ben", roles: [.agent]))
        #expect(try await tokens.sessions.endAll(of: "anna", reason: "left", by: "test", now: 200) == 2)
        for id in [first.id, second.id] { #expect(try await tokens.current(id, now: 201) == nil) }
        #expect(try await tokens.current(foreign.id, now: 201) != nil)
        #expect(try await tokens.sessions.list(limit: 10, now: 201).map(\.id) == [foreign.id])
        #expect(try await tokens.sessions.list(withEnded: true, limit: 10, now: 201).count == 3)
    }

    @Test func `one browser more than may be signed in ends the session that was used least recently`() async throws {
        var ids: [String] = []
        for number in 0..<SessionRegistry.maximumBrowsers {
            ids.append(try await begin(now: 100 + Int64(number)).session.id)
        }
        let (newest, _) = try await begin(now: 500)
        #expect(try await tokens.current(ids[0], now: 501) == nil)
        for id in ids.dropFirst() + [newest.id] { #expect(try await tokens.current(id, now: 501) != nil) }
    }

    // MARK: Bearers

    @Test func `tokens of an issuer have one session, which says what the newest says`() async throws {
        let first = try await accept(issuedAt: 100)
        let revision = try await tokens.epoch()
        #expect(try await accept(issuedAt: 150) == first)
        #expect(try await tokens.epoch() == revision)
        let promoted = Principal(subject: "anna", roles: [.supervisor], attributes: [:])
        let second = try await accept(promoted, issuedAt: 200)
        #expect(second.id == first.id && second.principal.roles == [.supervisor])
        // An older token does not bring a role back.
        #expect(try await accept(issuedAt: 150).principal.roles == [.supervisor])
        #expect(try await tokens.current(first.id, now: 200)?.principal.roles == [.supervisor])
    }

    @Test func `a token from before the sign-out does not count, a newer one does`() async throws {
        let session = try await accept(issuedAt: 100)
        try await tokens.sessions.end(session.id, as: .signOut, by: "anna", now: 200)
        for issuedAt in [Int64(100), 200] {
            await #expect(
                performing: { _ = try await accept(issuedAt: issuedAt, now: 210) },
                throws: Self.fails(.unauthenticated)
            )
        }
        let next = try await accept(issuedAt: 201, now: 210)
        #expect(next.id != session.id)
        #expect(try await tokens.current(session.id, now: 210) == nil)
        #expect(try await tokens.current(next.id, now: 210) != nil)
    }

    @Test(arguments: [
        Principal(subject: "", roles: [.agent]), Principal(subject: "a\nb", roles: [.agent]),
        Principal(subject: "anna", roles: []),
    ])
    func `a session needs a subject and a role`(principal: Principal) async throws {
        await #expect(performing: { _ = try await begin(principal) }, throws: Self.fails(.invalid))
        await #expect(performing: { _ = try await accept(principal) }, throws: Self.fails(.invalid))
    }

    // MARK: The log

    @Test(arguments: [
        "roles = 'admin'", "ended_microseconds = NULL", "expires_microseconds = 99999999", "subject = 'eve'",
    ])
    func `the log tells when a row was changed by somebody else`(change: String) async throws {
        let (session, _) = try await begin()
        if change.hasPrefix("ended") {
            try await tokens.sessions.end(session.id, as: .signOut, by: "anna", now: 200)
        }
        #expect(try store.readNow { try TokenRegistry.verifySessions(in: $0) }.faultCount == 0)
        _ = try store.writeNow { try $0.execute("UPDATE access_sessions SET \(change)", []) }
        #expect(try store.readNow { try TokenRegistry.verifySessions(in: $0) }.faultCount == 1)
    }

    @Test func `renewed bearers and deleted rows do not worry the log`() async throws {
        _ = try await accept(until: 5_000)
        _ = try await accept(issuedAt: 150, until: 90_000)
        _ = try await begin()
        #expect(try store.readNow { try TokenRegistry.verifySessions(in: $0) }.faultCount == 0)
        #expect(try store.readNow { try TokenRegistry.verifyRows(in: $0) }.faultCount == 0)
        #expect(try await tokens.sessions.prune(now: 31 * 86_400_000_000) == 2)
        #expect(try store.readNow { try TokenRegistry.verifySessions(in: $0) }.faultCount == 0)
    }

    // MARK: Links

    @Test func `a link signs in once, within its time`() async throws {
        let links = SignInLinks(store: store)
        var generator = SystemRandomNumberGenerator()
        let secret = try await links.create(for: anna, lifetime: 1_000, by: "test", now: 100, using: &generator)
        let late = try await links.create(for: anna, lifetime: 1_000, by: "test", now: 100, using: &generator)
        let (session, shown) = try await links.redeem(secret, limits: Self.limits, now: 1_099, using: &generator)
        #expect(session.principal.subject == "anna" && session.principal.attributes == anna.attributes)
        #expect(try await tokens.sessions.authenticate(shown, now: 1_100).id == session.id)
        for (text, now) in [(secret, Int64(1_099)), (late, 1_100), ("fk_", 200), ("", 200)] {
            await #expect(
                performing: {
                    var generator = SystemRandomNumberGenerator()
                    _ = try await links.redeem(text, limits: Self.limits, now: now, using: &generator)
                },
                throws: Self.fails(.unauthenticated)
            )
        }
        await #expect(
            performing: {
                var generator = SystemRandomNumberGenerator()
                let tooLong = SignInLinks.longest + 1
                _ = try await links.create(for: anna, lifetime: tooLong, by: "test", now: 0, using: &generator)
            },
            throws: Self.fails(.invalid)
        )
    }
}
