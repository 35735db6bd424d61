import Access
import AuditTrail
import Foundation
import Storage
import TestStores
import Testing
import Vocabulary

@Suite struct TokenRegistryTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("access-\(UUID().uuidString)")
    private let registry: TokenRegistry
    private let store: Store

    init() throws {
        store = try Store(testing: folder, migrations: AuditLog.migrations + TokenRegistry.migrations)
        registry = TokenRegistry(store: store)
    }

    private func create(expiresAt: Int64? = nil) async throws -> (token: Token, text: String) {
        var generator = SystemRandomNumberGenerator()
        return try await registry.create(
            subject: "anna",
            roles: [.agent, .supervisor],
            attributes: ["tier": .one("1"), "team": .many(["north", "vip"])],
            expiresAt: expiresAt,
            by: "test",
            now: 100,
            using: &generator
        )
    }

    @Test func `a token authenticates its subject with roles and attributes`() async throws {
        let created = try await create()
        let token = try await registry.authenticate(created.text, now: 200)
        #expect(token == created.token)
        #expect(
            token.principal.has("team", "vip") && token.principal.has("tier", "1") && !token.principal.has("tier", "2")
        )
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite, "a database server has the files"))
    func `the text of a token is nowhere in the store`() async throws {
        let created = try await create()
        try await store.files?.checkpoint()
        let bytes = try Data(contentsOf: folder.appendingPathComponent("frontline.sqlite"))
        #expect(bytes.range(of: Data(created.text.utf8)) == nil)
    }

    @Test(arguments: ["", "fl_", "fl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' OR 1=1 --"])
    func `an unknown token is refused`(text: String) async throws {
        _ = try await create()
        await #expect { _ = try await registry.authenticate(text, now: 200) } throws: {
            ($0 as? AccessError)?.code == .unauthenticated
        }
    }

    @Test func `an expired token is refused from its last microsecond on`() async throws {
        let created = try await create(expiresAt: 500)
        #expect(try await registry.authenticate(created.text, now: 499).id == created.token.id)
        #expect(try await registry.current(created.token.id, now: 499) != nil)
        #expect(try await registry.current(created.token.id, now: 500) == nil)
        await #expect(throws: AccessError.self) { _ = try await registry.authenticate(created.text, now: 500) }
    }

    @Test func `what had expired when the time was noted does not count again when the clock is set back`() async throws
    {
        let (expired, valid) = (try await create(expiresAt: 500), try await create(expiresAt: 700))
        try await registry.noteTime(600)
        try await registry.noteTime(300)
        for registry in [registry, TokenRegistry(store: store)] {
            await #expect(throws: AccessError.self) { _ = try await registry.authenticate(expired.text, now: 200) }
            #expect(try await registry.current(expired.token.id, now: 200) == nil)
            #expect(try await registry.authenticate(valid.text, now: 200).id == valid.token.id)
            #expect(try await registry.current(valid.token.id, now: 200) != nil)
            #expect(try await registry.time(200) == 600)
            #expect(try await registry.time(800) == 800)
        }
    }

    @Test func `a token that was found expired stays so`() async throws {
        let created = try await create(expiresAt: 500)
        await #expect(throws: AccessError.self) { _ = try await registry.authenticate(created.text, now: 500) }
        await #expect(throws: AccessError.self) { _ = try await registry.authenticate(created.text, now: 200) }
        #expect(try await TokenRegistry(store: store).current(created.token.id, now: 200) == nil)
    }

    @Test func `the epoch changes with tokens, whoever changes them, and with nothing else`() async throws {
        let created = try await create()
        let other = TokenRegistry(store: store)
        let before = try await registry.epoch()
        try await registry.noteTime(600)
        #expect(try await registry.epoch() == before)
        try await other.revoke(created.token.id, by: "test", now: 700)
        #expect(try await registry.epoch() != before)
    }

    @Test func `the log learns what was wrong with a token, the caller does not`() async throws {
        let (revoked, expired) = (try await create(), try await create(expiresAt: 150))
        try await registry.revoke(revoked.token.id, by: "test", now: 110)
        let faults = [
            ("fl_nobody", "unknown"), (revoked.text, "\(revoked.token.id), revoked"),
            (expired.text, "\(expired.token.id), expired"),
        ]
        for (text, detail) in faults {
            let error = await #expect(throws: AccessError.self) { _ = try await registry.authenticate(text, now: 200) }
            #expect(error?.detail == detail)
            #expect(error?.message == "the token is unknown, expired or revoked")
        }
    }

    @Test func `what another process revokes no longer counts at the next check`() async throws {
        let created = try await create()
        #expect(try await registry.current(created.token.id, now: 200) != nil)
        let elsewhere = TokenRegistry(
            store: try Store(testing: folder, migrations: AuditLog.migrations + TokenRegistry.migrations)
        )
        try await elsewhere.revoke(created.token.id, by: "test", now: 300)
        #expect(try await registry.current(created.token.id, now: 301) == nil)
        await #expect(throws: AccessError.self) { _ = try await registry.authenticate(created.text, now: 301) }
    }

    @Test func `creation and revocation are on the audit log`() async throws {
        let created = try await create()
        try await registry.revoke(created.token.id, by: "root", now: 300)
        try await registry.revoke(created.token.id, by: "root", now: 400)
        let actions = try store.readNow {
            try AuditLog.entries(AuditFilter(limit: 9), in: $0).map(\.event.action)
        }
        #expect(actions == ["access.create_token", "access.revoke_token"])
    }

    @Test func `a token without role, with a control character or in the past is refused`() async throws {
        var generator = SystemRandomNumberGenerator()
        for (subject, roles, expiry) in [("a", [], nil), ("a\n", [Role.agent], nil), ("a", [Role.agent], Int64(10))] {
            await #expect {
                _ = try await registry.create(
                    subject: subject,
                    roles: Set(roles),
                    expiresAt: expiry,
                    by: "test",
                    now: 100,
                    using: &generator
                )
            } throws: { ($0 as? AccessError)?.code == .invalid }
        }
    }

    private func create(
        _ subject: String,
        _ roles: Set<Role>,
        _ attributes: [String: AttributeValue]
    ) async throws -> Token {
        var generator = SystemRandomNumberGenerator()
        return try await registry.create(
            subject: subject,
            roles: roles,
            attributes: attributes,
            by: "test",
            now: 100,
            using: &generator
        ).token
    }

    @Test func `supervisors without a team of an earlier program go on seeing every team, once, and on record`()
        async throws
    {
        let wide = try await create("sue", [.supervisor], ["tier": .one("2")])
        let narrow = try await create("sam", [.supervisor, .agent], ["team": .one("north")])
        let agent = try await create("anna", [.agent], [:])
        for now in [200, 300] as [Int64] { try registry.upgrade(now: now) }
        #expect(try await registry.current(wide.id, now: 400)?.principal.leadsEveryTeam == true)
        #expect(try await registry.current(wide.id, now: 400)?.principal.has("tier", "2") == true)
        #expect(try await registry.current(narrow.id, now: 400) == narrow)
        #expect(try await registry.current(agent.id, now: 400) == agent)
        #expect(try await registry.takeWidenedTokens() == [wide.id])
        #expect(try await registry.takeWidenedTokens().isEmpty)
        let later = try await create("sven", [.supervisor], [:])
        try registry.upgrade(now: 500)
        #expect(try await registry.current(later.id, now: 600)?.principal.leads(anyOf: ["north"]) == false)
        let entries = try store.readNow { try AuditLog.entries(AuditFilter(limit: 20), in: $0) }
        let actions = entries.map(\.event.action)
        #expect(actions.filter { $0 == "access.widen_token" }.count == 1)
    }

    @Test func `a team exists while a token that counts names it`() async throws {
        let token = try await create("anna", [.agent], ["team": .many(["north", "*"])])
        #expect(try await registry.isTeam("north", now: 200))
        #expect(try await !registry.isTeam("south", now: 200))
        #expect(try await !registry.isTeam("*", now: 200))
        let short = try await create(expiresAt: 500)
        #expect(try await registry.isTeam("vip", now: 499))
        #expect(try await !registry.isTeam("vip", now: 500))
        try await registry.revoke(token.id, by: "test", now: 300)
        #expect(try await registry.isTeam("north", now: 400))
        #expect(try await !registry.isTeam("north", now: 600))
        try await registry.revoke(short.token.id, by: "test", now: 400)
        #expect(try await !registry.isTeam("north", now: 450))
    }

    @Test func `the names of subjects stand for ids that differ by subject, kind and store`() throws {
        let other = FileManager.default.temporaryDirectory.appendingPathComponent("access-\(UUID().uuidString)")
        let stores = try [folder.appendingPathComponent("names"), other].map {
            try Store(testing: $0, migrations: PrivateNames.migrations)
        }
        var ids: Set<String> = []
        for store in stores {
            let names = try PrivateNames(store: store)
            for (subject, name) in [("anna", "x1"), ("ann", "ax1"), ("anna", "x"), ("1:a", "nna:x")] {
                ids.insert(names.id(of: name, .conversation, for: subject))
                ids.insert(names.id(of: name, .session, for: subject))
            }
            #expect(
                try PrivateNames(store: store).id(of: "x", .session, for: "s") == names.id(of: "x", .session, for: "s")
            )
        }
        #expect(ids.count == 16)
    }

    @Test func `a token with a role that is not known counts as damaged, and its role is named`() async throws {
        let created = try await create()
        _ = try store.writeNow { try $0.execute("UPDATE access_tokens SET roles = 'agent wizard'") }
        await #expect(
            performing: { _ = try await registry.authenticate(created.text, now: 200) },
            throws: { error in
                guard let error = error as? StorageError else { return false }
                return error.code == .corrupt && error.message.contains("“wizard”")
            }
        )
    }
}
