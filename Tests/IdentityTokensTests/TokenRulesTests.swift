import IdentityTokens
import SampleIdentity
import Testing
import Vocabulary

/// Which tokens of an issuer count.
@Suite struct TokenRulesTests {
    private static let seconds = Int(TestIssuer.now / 1_000_000)

    private static func time(_ offset: Int) -> JSON { .number(JSONNumber(seconds + offset)) }

    @Test func `a token that is signed, for us and in time counts`() throws {
        let token = try CompactToken(TestIssuer.token())
        let keys = try KeySet(TestIssuer.keys(TestIssuer.key.publicKey()))
        let claims = try TestIssuer.rules.claims(of: token, keys: keys, now: TestIssuer.now)
        #expect(claims.subject == "7f3a" && claims.audiences == ["frontline"] && claims.nonce == "n1")
        #expect(claims.expiresAt == TestIssuer.now + 300_000_000)
        #expect(token.claimedSubject == "7f3a")
    }

    @Test(
        arguments: [
            ("iss", JSON.string("https://id.example.com/realms/other"), TokenRefusal.Code.issuer),
            ("iss", .string("https://id.example.com/realms/ohmstead/"), .issuer), ("iss", 7, .claims),
            ("iss", nil, .claims),
            ("sub", nil, .claims), ("sub", "", .claims), ("sub", ["a"], .claims),
            ("aud", "another", .audience), ("aud", ["another", "third"], .audience), ("aud", [], .claims),
            ("aud", nil, .claims), ("aud", ["frontline", 7], .claims),
            ("exp", time(-61), .expired), ("exp", time(-60), .expired), ("exp", nil, .claims), ("exp", "soon", .claims),
            ("exp", -1, .claims), ("exp", 1e300, .claims),
            ("iat", time(61), .early), ("iat", nil, .claims), ("iat", time(301), .early), ("nbf", time(61), .early),
            ("nbf", true, .claims), ("nonce", 1, .claims),
        ] as [(String, JSON, TokenRefusal.Code)]
    )
    func `a claim that is not what it must be is refused`(name: String, value: JSON, code: TokenRefusal.Code) {
        #expect(TestIssuer.refusal(TestIssuer.token(TestIssuer.claims([name: value]))) == code)
    }

    @Test(
        arguments: [
            ("exp", time(-59)), ("iat", time(60)), ("nbf", time(60)), ("aud", ["other", "frontline"]),
            ("azp", "mobile"),
        ] as [(String, JSON)]
    )
    func `clocks may differ a little, and a token may be for others as well`(name: String, value: JSON) {
        #expect(TestIssuer.refusal(TestIssuer.token(TestIssuer.claims([name: value]))) == nil)
    }

    @Test func `a token that expires before it is issued is refused`() {
        let claims = TestIssuer.claims(["exp": Self.time(-30), "iat": Self.time(30)])
        #expect(TestIssuer.refusal(TestIssuer.token(claims)) == .claims)
    }

    @Test(
        arguments: [
            ([:], nil), (["nonce": "n2"], .nonce), (["nonce": nil], .nonce), (["azp": "mobile"], .audience),
            (["azp": "frontline"], nil), (["aud": ["frontline", "mobile"]], .audience),
            (["aud": ["frontline", "mobile"], "azp": "frontline"], nil),
            (["aud": "mobile", "azp": "frontline"], .audience),
        ] as [([String: JSON], TokenRefusal.Code?)]
    )
    func `the token of a sign-in is for this client and repeats the nonce`(
        more: [String: JSON],
        code: TokenRefusal.Code?
    ) {
        let signIn = TokenRules.SignIn(client: TestIssuer.client, nonce: "n1")
        #expect(TestIssuer.refusal(TestIssuer.token(TestIssuer.claims(more)), signIn: signIn) == code)
    }

    @Test(arguments: ["JWT", "at+jwt", "application/at+JWT", "id+jwt"])
    func `types of tokens that say who somebody is are accepted`(type: String) {
        #expect(TestIssuer.refusal(TestIssuer.token(header: ["typ": .string(type)])) == nil)
    }

    @Test(arguments: ["logout+jwt", "secevent+jwt", "dpop+jwt", ""])
    func `tokens of another meaning are refused`(type: String) {
        #expect(TestIssuer.refusal(TestIssuer.token(header: ["typ": .string(type)])) == .claims)
    }

    @Test func `a member that stands twice is refused, at any depth`() {
        let head = Array(#"{"alg":"ES256","kid":"k1"}"#.utf8)
        let claims = String(decoding: JSON.object(TestIssuer.claims()).serialized(), as: UTF8.self)
        for extra in [#""sub":"admin""#, #""realm_access":{"roles":[":",{"a":1,"a":2}]}"#] {
            let payload = Array((claims.dropLast() + "," + extra + "}").utf8)
            let token = TestIssuer.token(head: head, payload: payload, by: TestIssuer.key, .es256)
            #expect(TestIssuer.refusal(token) == .claims)
        }
        let twice = Array(#"{"alg":"none","alg":"ES256","kid":"k1"}"#.utf8)
        let token = TestIssuer.token(head: twice, payload: Array(claims.utf8), by: TestIssuer.key, .es256)
        #expect(TestIssuer.refusal(token) == .malformed)
    }

    @Test func `claims are found by their path, as texts`() throws {
        let claims = try IdentityClaims(
            JSON.object(
                TestIssuer.claims([
                    "realm_access": ["roles": ["agent", 7, true, ["no"]]], "https://x.example/team": "delivery",
                ])
            ).serialized()
        )
        #expect(claims.values(at: ["realm_access", "roles"]) == ["agent", "7", "true"])
        #expect(claims.values(at: ["https://x.example/team"]) == ["delivery"])
        #expect(claims.values(at: ["realm_access"]) == [] && claims.values(at: ["sub", "x"]) == [])
    }
}
