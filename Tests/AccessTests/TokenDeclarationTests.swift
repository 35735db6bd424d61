import Access
import AuditTrail
import Foundation
import Storage
import TestStores
import Testing
import Vocabulary

@Suite struct TokenDeclarationTests {
    private let store: Store
    private let registry: TokenRegistry

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("access-\(UUID().uuidString)")
        store = try Store(testing: folder, migrations: AuditLog.migrations + TokenRegistry.migrations)
        registry = TokenRegistry(store: store)
    }

    private func create(_ declaration: TokenDeclaration) async throws -> (token: Token, text: String) {
        var generator = SystemRandomNumberGenerator()
        return try await registry.create(
            subject: "telephony",
            roles: [.integration],
            declaration: declaration,
            by: "test",
            now: 100,
            using: &generator
        )
    }

    private static let declared = TokenDeclaration(
        owner: "voice team",
        purpose: "opens contacts",
        allowed: MethodAllowance(["conversation.open", "conversation.observe"])
    )

    @Test("a declaration is kept with its token and vouched for", arguments: [declared, .none, .init(owner: "x")])
    func kept(declaration: TokenDeclaration) async throws {
        let created = try await create(declaration)
        let token = try await registry.authenticate(created.text, now: 200)
        #expect(token == created.token && token.declaration == declaration)
        #expect(token.principal.allowed == declaration.allowed)
        #expect(try store.readNow { try TokenRegistry.verifyRows(in: $0) }.faults.isEmpty)
        _ = try store.writeNow { try $0.execute("UPDATE access_tokens SET allowed = '*'") }
        #expect(try store.readNow { try TokenRegistry.verifyRows(in: $0) }.faults.count == 1)
    }

    @Test(
        "a declaration that says nothing is refused",
        arguments: [
            TokenDeclaration(owner: " "), .init(purpose: ""), .init(owner: "a\nb"),
            .init(purpose: String(repeating: "x", count: 201)), .init(allowed: MethodAllowance([])),
            .init(allowed: MethodAllowance([""])), .init(allowed: MethodAllowance(["a b"])),
        ]
    )
    func refused(declaration: TokenDeclaration) async {
        await #expect(
            performing: { _ = try await create(declaration) },
            throws: { ($0 as? AccessError)?.code == .invalid }
        )
    }

    @Test(
        "an allowance covers names, nouns and everything",
        arguments: [
            (["conversation.open"], "conversation.open", true), (["conversation.open"], "conversation.opened", false),
            (["conversation.*"], "conversation.open", true), (["conversation.*"], "conversations.open", false),
            (["*"], "audit.list", true), (["audit.list", "script.*"], "alerts.list", false), (["a"], "a.b", false),
        ]
    )
    func covers(entries: [String], method: String, expected: Bool) {
        #expect(MethodAllowance(entries).includes(method) == expected)
    }

    @Test func `calls are counted in memory and written together, and both are told`() async throws {
        let usage = TokenUsage(store: store)
        usage.note("tok_1", method: "conversation.open", now: 10)
        usage.note("tok_1", method: "conversation.open", now: 30)
        usage.note("tok_1", method: "audit.list", isRefused: true, now: 20)
        usage.note("tok_2", method: "conversation.open", now: 40)
        let counts = try await usage.counts(of: "tok_1")
        #expect(counts.map(\.method) == ["audit.list", "conversation.open"])
        #expect(counts.map(\.calls) == [0, 2] && counts.map(\.refused) == [1, 0] && counts.map(\.lastAt) == [20, 30])
        #expect(try await TokenUsage(store: store).counts(of: "tok_1").isEmpty)
        try await usage.write()
        #expect(try await TokenUsage(store: store).counts(of: "tok_1") == counts)
        usage.note("tok_1", method: "conversation.open", now: 50)
        #expect(try await usage.counts(of: "tok_1").last?.calls == 3)
        try await usage.write()
        #expect(try await TokenUsage(store: store).counts(of: "tok_1").last?.lastAt == 50)
    }

    @Test func `nothing is written where nothing was counted`() async throws {
        let mark = store.commitMark
        try await TokenUsage(store: store).write()
        #expect(store.commitMark == mark)
    }

    @Test func `what waits to be written is bounded`() async throws {
        let usage = TokenUsage(store: store)
        for number in 0..<10_100 { usage.note("tok_\(number)", method: "conversation.open", now: 1) }
        #expect(try await usage.counts(of: "tok_9999").count == 1)
        #expect(try await usage.counts(of: "tok_10000").isEmpty)
    }
}

extension TokenUsage {
    /// What was called with one token.
    fileprivate func counts(of token: String) async throws -> [Count] {
        try await counts(of: [token])[token, default: []]
    }
}
