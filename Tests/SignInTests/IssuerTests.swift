import IdentityTokens
import SampleIdentity
import SignIn
import Testing
import Vocabulary

/// When an issuer is asked, and what is believed of it.
@Suite struct IssuerTests {
    private static let now = TestIssuer.now
    private let transport = FakeIssuer()
    private let issuer: Issuer

    init() { issuer = Issuer(TestIssuer.address, transport: transport) }

    private func refusal(_ token: String, after seconds: Int64 = 0) async -> TokenRefusal.Code? {
        let now = Self.now + seconds * 1_000_000
        do {
            _ = try await issuer.claims(of: try CompactToken(token), rules: TestIssuer.rules, now: now)
            return nil
        } catch {
            return (error as? TokenRefusal)?.code ?? .malformed
        }
    }

    @Test func `keys are got once and kept`() async {
        for _ in 0..<5 { #expect(await refusal(TestIssuer.token()) == nil) }
        #expect(transport.requests == 2)
    }

    @Test func `a new key is got when a token names it, and not more often than every half minute`() async {
        #expect(await refusal(TestIssuer.token()) == nil)
        let next = TestKey(.ec("P-256"), id: "k2")
        for number in 0..<20 {
            #expect(await refusal(TestIssuer.token(by: TestKey(.ec("P-256"), id: "x\(number)")), after: 1) == .key)
        }
        #expect(transport.requests <= 4)
        transport.set { $0.keys = TestIssuer.keys(next.publicKey()) }
        #expect(await refusal(TestIssuer.token(by: next), after: 40) == nil)
        #expect(await refusal(TestIssuer.token(), after: 41) == .key)
    }

    @Test func `what cannot count does not have the issuer asked`() async {
        let head = JSON.object(["alg": "none", "kid": "new"]).serialized()
        let token = "\(Base64URL.encode(head)).\(Base64URL.encode(JSON.object(TestIssuer.claims()).serialized()))."
        #expect(await refusal(token) == .algorithm)
        #expect(transport.requests == 0)
    }

    @Test func `an issuer that is away is left alone for a while, and its keys count on`() async throws {
        transport.set { $0.isAway = true }
        await #expect(throws: SignInError.self) { try await issuer.metadata(now: Self.now) }
        await #expect(throws: SignInError.self) { try await issuer.metadata(now: Self.now + 1_000_000) }
        #expect(transport.requests == 1)
        transport.set { $0.isAway = false }
        _ = try await issuer.metadata(now: Self.now + 3_000_000)
        transport.set { $0.isAway = true }
        let later = Self.now + 3_600_000_000
        await #expect(throws: SignInError.self) { try await issuer.refresh(now: later) }
        _ = try await issuer.metadata(now: later)
        await #expect(throws: SignInError.self) { try await issuer.metadata(now: Self.now + 90_000_000_000) }
    }

    @Test func `the timer asks again after a quarter of an hour`() async throws {
        try await issuer.refresh(now: Self.now)
        try await issuer.refresh(now: Self.now + 800_000_000)
        #expect(transport.requests == 2)
        try await issuer.refresh(now: Self.now + 901_000_000)
        #expect(transport.requests == 4)
    }

    @Test func `many who need the keys at once wait for one answer`() async {
        let count = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { await refusal(TestIssuer.token()) == nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(count == 50 && transport.requests == 2)
    }

    @Test(
        arguments: [
            ["issuer": "https://id.example.com/realms/other"], ["issuer": .string(TestIssuer.address + "/")],
            ["issuer": nil],
            ["jwks_uri": nil], ["jwks_uri": "http://id.example.com/keys"], ["jwks_uri": "file:///etc/passwd"],
            ["token_endpoint": "http://127.0.0.1/token"], ["authorization_endpoint": "javascript:alert(1)"],
            ["end_session_endpoint": "/leave"], ["token_endpoint": "https://user:word@id.example.com/token"],
        ] as [[String: JSON]]
    )
    func `a configuration that is another's, or leads elsewhere than to https, is refused`(more: [String: JSON]) {
        #expect(throws: SignInError.self) { try IssuerMetadata(FakeIssuer.metadata(more), of: TestIssuer.address) }
    }

    @Test func `an issuer on this machine may be reached without TLS, for trying out`() {
        #expect(IssuerMetadata.isSafe("http://127.0.0.1:8080/o") && IssuerMetadata.isSafe("http://localhost/o"))
        #expect(!IssuerMetadata.isSafe("http://127.0.0.1.example.com/o") && !IssuerMetadata.isSafe("http://10.0.0.1/o"))
        #expect(
            IssuerMetadata.address(of: "https://a.example/") == "https://a.example/.well-known/openid-configuration"
        )
    }
}
