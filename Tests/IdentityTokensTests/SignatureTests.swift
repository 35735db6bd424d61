import IdentityTokens
import SampleIdentity
import Testing
import Vocabulary

/// Which signatures are believed.
@Suite struct SignatureTests {
    private static let rsa = TestKey(.rsa(bits: 2_048), id: "r1")
    private static let keys: [SignatureAlgorithm: TestKey] = {
        let (p384, p521) = (TestKey(.ec("P-384"), id: "e2"), TestKey(.ec("P-521"), id: "e3"))
        let own: [SignatureAlgorithm: TestKey] = [
            .es256: TestIssuer.key, .es384: p384, .es512: p521, .edDSA: TestKey(.ed25519, id: "o1"),
        ]
        return SignatureAlgorithm.allCases.reduce(into: own) { $0[$1] = $0[$1] ?? rsa }
    }()

    private static func set() -> [UInt8] {
        let all = Dictionary(keys.values.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }).values
        return JSON.object(["keys": .array(all.map { $0.publicKey() })]).serialized()
    }

    /// A signature of libcrypto is the oracle: it counts, and with any bit of the token changed it does not.
    @Test(arguments: SignatureAlgorithm.allCases)
    func `what the key has signed counts, and nothing else`(algorithm: SignatureAlgorithm) throws {
        let key = try #require(Self.keys[algorithm])
        let token = TestIssuer.token(by: key, algorithm)
        #expect(TestIssuer.refusal(token, keys: Self.set()) == nil)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<40 {
            var bytes = Array(token.utf8)
            let place = bytes.indices.randomElement(using: &generator) ?? 0
            guard bytes[place] != UInt8(ascii: ".") else { continue }
            bytes[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let changed = String(decoding: bytes, as: UTF8.self)
            #expect(TestIssuer.refusal(changed, keys: Self.set()) != nil)
        }
    }

    @Test func `the key of one algorithm is no key for another`() throws {
        for (algorithm, key) in Self.keys {
            for other in SignatureAlgorithm.allCases where other != algorithm {
                let token = TestIssuer.token(by: key, algorithm)
                let parts = token.split(separator: ".")
                let head = JSON.object(["alg": .string(other.rawValue), "kid": .string(key.id)]).serialized()
                let forged = "\(Base64URL.encode(head)).\(parts[1]).\(parts[2])"
                #expect(TestIssuer.refusal(forged, keys: Self.set()) != nil)
            }
        }
    }

    @Test(arguments: ["none", "None", "NONE", "", "HS256", "HS512", "RS1", "ES256K", "dir"])
    func `no signature, a secret or an algorithm that is not listed is refused`(name: String) {
        let head = JSON.object(["alg": .string(name), "kid": "k1"]).serialized()
        let payload = JSON.object(TestIssuer.claims()).serialized()
        for signature in ["", "AAAA"] {
            let token = "\(Base64URL.encode(head)).\(Base64URL.encode(payload)).\(signature)"
            #expect(TestIssuer.refusal(token) == .algorithm)
        }
    }

    @Test func `an algorithm that the rules do not allow is refused, however good the signature is`() {
        var rules = TestIssuer.rules
        rules.algorithms = [.rs256]
        #expect(TestIssuer.refusal(TestIssuer.token(), rules: rules) == .algorithm)
    }

    @Test func `keys are the issuer's, whatever the header says`() throws {
        let stranger = TestKey(.ec("P-256"), id: "k1")
        let token = TestIssuer.token(
            header: ["jwk": stranger.publicKey(), "jku": "https://evil.example/keys"],
            by: stranger
        )
        #expect(TestIssuer.refusal(token) == .signature)
        let unknown = TestIssuer.token(by: TestKey(.ec("P-256"), id: "k9"))
        #expect(TestIssuer.refusal(unknown) == .key)
    }

    @Test func `a token without the name of a key is checked with the only one that fits`() {
        let token = TestIssuer.token(header: ["kid": nil])
        #expect(TestIssuer.refusal(token) == nil)
        let two = TestIssuer.keys(TestIssuer.key.publicKey(), TestKey(.ec("P-256"), id: "k2").publicKey())
        #expect(TestIssuer.refusal(token, keys: two) == .key)
    }

    @Test(arguments: ["crit", "b64", "zip", "enc"])
    func `an extension that is not known is refused`(name: String) {
        #expect(TestIssuer.refusal(TestIssuer.token(header: [name: ["exp"]])) == .malformed)
    }

    @Test(arguments: [
        "", ".", "..", "a.b", "a.b.c.d", "e30.e30.e30", "e30=.e30.e30", "bnVsbA.e30.", "W10.e30.", "e31.e30.A",
    ])
    func `what is no token is refused`(text: String) {
        #expect(TestIssuer.refusal(text) == .malformed)
    }

    @Test func `a token is short, and so is its header`() {
        let long = String(repeating: "A", count: CompactToken.maximumBytes)
        #expect(TestIssuer.refusal(TestIssuer.token() + long) == .malformed)
        #expect(TestIssuer.refusal(TestIssuer.token(header: ["x": .string(String(long.prefix(5_000)))])) == .malformed)
        #expect(TestIssuer.refusal(TestIssuer.token(header: ["kid": .string(String(long.prefix(300)))])) == .malformed)
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        let payload = Array(#"{"a":\#(deep)}"#.utf8)
        let head = Array(#"{"alg":"ES256","kid":"k1"}"#.utf8)
        #expect(
            TestIssuer.refusal(TestIssuer.token(head: head, payload: payload, by: TestIssuer.key, .es256)) == .claims
        )
    }

    // MARK: Sets of keys

    @Test(
        arguments: [
            ["use": "enc"], ["key_ops": ["encrypt"]], ["alg": "ES384"], ["alg": "RSA-OAEP"], ["crv": "P-384"],
            ["crv": "secp256k1"],
            ["kty": "oct"], ["x": "AAAA"], ["y": .string(String(repeating: "A", count: 43))], ["x": 7],
            ["use": ["sig"]],
        ] as [[String: JSON]]
    )
    func `a key that is not for verifying is none`(more: [String: JSON]) {
        #expect(TestIssuer.refusal(TestIssuer.token(), keys: TestIssuer.keys(TestIssuer.key.publicKey(more))) == .key)
    }

    @Test func `short keys of RSA, and exponents that prove nothing, are no keys`() {
        let short = TestKey(.rsa(bits: 1_024), id: "r1")
        #expect(
            TestIssuer.refusal(TestIssuer.token(by: short, .rs256), keys: TestIssuer.keys(short.publicKey())) == .key
        )
        for exponent in ["AQ", "AA", "Ag", "AQAAAAAB"] {
            let keys = TestIssuer.keys(Self.rsa.publicKey(["e": .string(exponent)]))
            #expect(TestIssuer.refusal(TestIssuer.token(by: Self.rsa, .rs256), keys: keys) == .key)
        }
    }

    @Test func `keys that are not understood are passed over, and there are not many`() throws {
        let known = TestIssuer.key.publicKey()
        let keys = try KeySet(TestIssuer.keys(["kty": "new"], known, "text", nil))
        #expect(keys.count == 1 && keys.contains("k1") && !keys.contains("k2"))
        let many = [JSON](repeating: known, count: KeySet.maximumKeys + 1)
        #expect(throws: TokenRefusal.self) { try KeySet(JSON.object(["keys": .array(many)]).serialized()) }
        #expect(throws: TokenRefusal.self) { try KeySet(Array("{}".utf8)) }
        #expect(throws: TokenRefusal.self) { try KeySet([UInt8](repeating: 0x20, count: KeySet.maximumBytes + 1)) }
    }

    // MARK: Published examples

    @Test func `the example of RFC 7515, appendix A3, is verified`() throws {
        let token = try CompactToken(
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
                + "cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        )
        let keys = try KeySet(
            TestIssuer.keys([
                "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
            ])
        )
        try keys.verify(token, allowing: [.es256])
    }

    @Test func `the example of RFC 8037, appendix A4, is verified`() throws {
        let token = try CompactToken(
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
                + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        )
        let keys = try KeySet(
            TestIssuer.keys(["kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"])
        )
        try keys.verify(token, allowing: [.edDSA])
    }
}

/// Base64 for addresses.
@Suite struct Base64URLTests {
    @Test func `bytes come back as they were`() {
        var generator = SystemRandomNumberGenerator()
        for count in 0..<100 {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let text = Base64URL.encode(bytes)
            #expect(Base64URL.decode(text.utf8) == bytes && !text.contains("="))
        }
    }

    @Test(arguments: ["A", "AAAAA", "AB", "AAB", "AA=", "A A", "AA+A", "AA/A", "AAA\n"])
    func `a text that stands for nothing, or has another spelling, is refused`(text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }
}
