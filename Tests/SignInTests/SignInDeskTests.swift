import Access
import AuditTrail
import Foundation
import IdentityTokens
import SampleIdentity
import SignIn
import Storage
import Synchronization
import TestStores
import Testing
import Versioning
import Vocabulary

/// Signing people in, by tokens and by codes.
@Suite struct SignInDeskTests {
    private static let now = TestIssuer.now
    private static let rules = "roles: [{claim: groups, has: agents, role: agent}]"

    private let transport = FakeIssuer()
    private let tokens: TokenRegistry
    private let desk: SignInDesk

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sign-in-\(UUID().uuidString)")
        let migrations =
            AuditLog.migrations + TokenRegistry.migrations + VersionChain.migrations + SignInAttempts.migrations
        let store = try Store(testing: folder, migrations: migrations)
        tokens = TokenRegistry(store: store)
        let client = IssuerClient(id: "frontline", secret: "s&1", redirect: "https://desk.example.com/sign-in/callback")
        desk = SignInDesk(
            store: store,
            tokens: tokens,
            rules: SignInStore(store: store),
            issuer: (Issuer(TestIssuer.address, transport: transport), client: client),
            publicAddress: "https://desk.example.com"
        )
    }

    private func publish() async throws {
        _ = try await desk.rules.publish(Self.rules, note: nil, by: "test", now: Self.now)
    }

    private static func token(_ more: [String: JSON] = [:]) -> String {
        TestIssuer.token(TestIssuer.claims(["groups": "agents"].merging(more) { $1 }))
    }

    // MARK: Tokens

    @Test(arguments: ["frontline", "https://desk.example.com", "https://desk.example.com/mcp"])
    func `a token for this client or this server authenticates until it expires`(audience: String) async throws {
        try await publish()
        let token = try await desk.token(of: Self.token(["aud": .string(audience)]), now: Self.now)
        #expect(token.principal.subject == "7f3a" && token.principal.roles == [.agent])
        #expect(token.expiresAt == Self.now + 360_000_000)
        #expect(try await tokens.current(token.id, now: Self.now) != nil)
    }

    @Test func `a token counts only for whom the rules let in, and only if it is for us`() async throws {
        let refused = await #expect(throws: SignInError.self) { try await desk.token(of: Self.token(), now: Self.now) }
        #expect(refused?.code == .refused)
        try await publish()
        let foreign = await #expect(throws: TokenRefusal.self) {
            try await desk.token(of: Self.token(["aud": "other"]), now: Self.now)
        }
        #expect(foreign?.code == .audience)
        #expect(desk.isForIssuer(Self.token()) && !desk.isForIssuer("fl_a.b.c"))
    }

    @Test func `somebody who is signed out comes back with a newer token only`() async throws {
        try await publish()
        let token = try await desk.token(of: Self.token(), now: Self.now)
        try await tokens.sessions.end(token.id, as: .revocation, by: "test", now: Self.now)
        await #expect(throws: AccessError.self) { try await desk.token(of: Self.token(), now: Self.now) }
        let later = Self.token(["iat": .number(JSONNumber(Int(Self.now / 1_000_000) + 1))])
        #expect(try await desk.token(of: later, now: Self.now).id != token.id)
    }

    // MARK: Codes

    private func begin(_ path: String = "/work") async throws -> SignInAttempt {
        try await desk.begin(returningTo: path, now: Self.now).attempt
    }

    private func finish(
        _ attempt: SignInAttempt,
        state: String? = nil,
        browser: String? = nil,
        code: String? = "c1",
        error: String? = nil,
        issuer: String? = nil,
        after seconds: Int64 = 0
    ) async throws -> SignInDesk.SignedIn {
        try await desk.finish(
            SignInDesk.Answer(
                state: state ?? attempt.state,
                browser: browser ?? attempt.browser,
                code: code,
                error: error,
                issuer: issuer
            ),
            now: Self.now + seconds * 1_000_000
        )
    }

    @Test func `a browser is sent to the issuer with everything that binds the answer to it`() async throws {
        let (attempt, address) = try await desk.begin(returningTo: "/", now: Self.now)
        #expect(address.hasPrefix(TestIssuer.address + "/auth?x=1&response_type=code&client_id=frontline&"))
        let sent = try #require(FormText.members(of: address.split(separator: "?")[1]))
        #expect(sent["redirect_uri"] == "https://desk.example.com/sign-in/callback" && sent["scope"] == "openid")
        #expect(sent["state"] == attempt.state && sent["nonce"] == attempt.nonce)
        #expect(sent["code_challenge_method"] == "S256" && sent["code_challenge"] == attempt.challenge)
        let secrets = [attempt.state, attempt.browser, attempt.nonce, attempt.verifier]
        #expect(Set(secrets).count == 4 && secrets.allSatisfy { $0.count == 43 })
        #expect(!address.contains(attempt.verifier) && !address.contains(attempt.browser))
    }

    @Test func `the code is exchanged with the verifier, and the session begins`() async throws {
        try await publish()
        let attempt = try await begin()
        transport.set { $0.token = Self.token(["nonce": .string(attempt.nonce)]) }
        let signedIn = try await finish(attempt)
        #expect(signedIn.returnTo == "/work" && signedIn.session.principal.subject == "7f3a")
        #expect(try await tokens.sessions.authenticate(signedIn.secret, now: Self.now).id == signedIn.session.id)
        let posted = try #require(transport.state.withLock { $0.posted })
        #expect(posted.form["code"] == "c1" && posted.form["code_verifier"] == attempt.verifier)
        #expect(posted.form["client_secret"] == nil)
        // The name and the secret are encoded before they are joined: frontline:s%261.
        #expect(posted.headers.contains("Authorization: Basic ZnJvbnRsaW5lOnMlMjYx"))
    }

    @Test func `a sign-in counts once, in its browser and for five minutes`() async throws {
        try await publish()
        let attempt = try await begin()
        transport.set { $0.token = Self.token(["nonce": .string(attempt.nonce)]) }
        for (state, browser) in [("x", attempt.browser), (attempt.state, "x"), (attempt.browser, attempt.state)] {
            let error = await #expect(throws: SignInError.self) {
                try await finish(attempt, state: state, browser: browser)
            }
            #expect(error?.code == .stale)
        }
        _ = try await finish(attempt)
        await #expect(throws: SignInError.self) { try await finish(attempt) }
        let late = try await begin()
        let error = await #expect(throws: SignInError.self) { try await finish(late, after: 300) }
        #expect(error?.code == .stale)
    }

    @Test func `a code that the issuer does not take ends the sign-in`() async throws {
        try await publish()
        let attempt = try await begin()
        let error = await #expect(throws: SignInError.self) { try await finish(attempt) }
        #expect(error?.code == .refused && error?.message.contains("invalid_grant") == true)
        transport.set { $0.token = Self.token(["nonce": .string(attempt.nonce)]) }
        await #expect(throws: SignInError.self) { try await finish(attempt) }
    }

    @Test(
        arguments: [
            ["nonce": "other"], ["nonce": nil], ["aud": "other"], ["azp": "other"], ["iss": "https://evil.example"],
            ["exp": 1],
        ] as [[String: JSON]]
    )
    func `the token of another sign-in, client, issuer or time is refused`(more: [String: JSON]) async throws {
        try await publish()
        let attempt = try await begin()
        transport.set { $0.token = Self.token(["nonce": .string(attempt.nonce)].merging(more) { $1 }) }
        await #expect(throws: TokenRefusal.self) { try await finish(attempt) }
    }

    @Test func `an answer that the issuer has not given, or with which it refuses, ends the sign-in`() async throws {
        try await publish()
        let mixed = try await begin()
        let error = await #expect(throws: SignInError.self) { try await finish(mixed, issuer: "https://evil.example") }
        #expect(error?.code == .refused)
        let denied = try await begin()
        let refusal = await #expect(throws: SignInError.self) {
            try await finish(denied, code: nil, error: "access_denied<script>")
        }
        #expect(refusal?.message.hasSuffix("access_deniedscript") == true)
        transport.set { $0.more = ["authorization_response_iss_parameter_supported": true] }
        let silent = try await desk.begin(returningTo: "/", now: Self.now + 1_000_000_000_000)
        await #expect(throws: SignInError.self) { try await finish(silent.attempt, after: 1_000_001) }
    }

    @Test func `leaving the issuer is possible where it has a place for that`() async throws {
        let client = try #require(desk.client)
        #expect(client.endSession(at: nil, returningTo: "https://desk.example.com/") == nil)
        let metadata = try await desk.issuer?.metadata(now: Self.now)
        let address = client.endSession(at: metadata, returningTo: "https://desk.example.com/")
        #expect(
            address == TestIssuer.address
                + "/leave?client_id=frontline&post_logout_redirect_uri=https%3A%2F%2Fdesk.example.com%2F"
        )
    }

    // MARK: Texts

    @Test(arguments: ["/", "/work", "/a?b=c&d", "/#x", "/a//b"])
    func `a path of this server may be returned to`(path: String) { #expect(SignInAttempt.path(path) == path) }

    @Test(arguments: [
        "", "work", "//evil.example", "/\\evil.example", "\\/evil", "https://evil.example", "/a b",
        "/a\r\nSet-Cookie: x", "/\u{9}/evil",
        "/ä", "javascript:alert(1)", "/" + String(repeating: "a", count: 1_000),
    ])
    func `nothing else is returned to`(path: String) { #expect(SignInAttempt.path(path) == nil) }

    @Test func `forms come back as they were, and what is twice is refused`() {
        let members = [("a b", "ä&=+%"), ("c", ""), ("😀", "\u{0}")]
        #expect(FormText.members(of: FormText.encode(members)) == Dictionary(uniqueKeysWithValues: members))
        #expect(FormText.members(of: "a=1&&b=2+3&c") == ["a": "1", "b": "2 3", "c": ""])
        for text in ["a=1&a=2", "a=%", "a=%4", "a=%zz", "a=%ff", "a=1&%61=2"] {
            #expect(FormText.members(of: text) == nil)
        }
        #expect(FormText.members(of: String(repeating: "a=1&", count: 60)) == nil)
    }
}
