import Redaction
import Testing

/// Keys, tokens and passwords, at the shortest that counts and one below.
@Suite struct SecretTests {
    private func redacted(_ text: String, _ kind: RedactionKind = .secret) -> String {
        Redactor(kinds: [kind]).redact(text).text
    }

    /// Letters and digits without a pattern.
    private static func body(_ count: Int) -> String {
        String(String(repeating: "Ab3dEf7hIj1kLm9n", count: 600).prefix(count))
    }

    @Test(
        arguments: [
            ("AKIA", 16), ("ASIA", 16), ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30),
            ("github_pat_", 30),
            ("glpat-", 18), ("xoxb-", 16), ("xoxp-", 16), ("xoxa-", 16), ("xoxr-", 16), ("xoxs-", 16), ("xapp-", 16),
            ("sk_live_", 16), ("pk_live_", 16), ("rk_live_", 16), ("sk_test_", 16), ("whsec_", 20), ("sk-", 24),
            ("AIza", 35),
            ("ya29", 20), ("npm_", 30), ("pypi-", 40), ("dop_v1_", 40), ("shpat_", 30), ("hf_", 30), ("SG.", 40),
            ("EAACEdEose", 20),
        ]
    )
    func `a key of a known issuer has a length of its own`(prefix: String, minimum: Int) {
        let (whole, short) = (prefix + Self.body(minimum), prefix + Self.body(minimum - 1))
        #expect(redacted("it is \(whole) there") == "it is [secret] there")
        #expect(redacted("it is \(short) there") == "it is \(short) there")
        #expect(redacted("it is \(prefix)\(Self.body(299)) there") == "it is [secret] there")
        // Words are no key: one has a digit or a capital.
        let plain = prefix + String(repeating: "a", count: minimum)
        #expect(redacted("it is \(plain) there") == "it is \(plain) there")
        #expect(redacted("it is x\(whole) there") == "it is x\(whole) there")
    }

    @Test func `a web token has two parts or three and thirty characters`() {
        for (token, isFound) in [
            ("eyJ" + Self.body(20) + "." + Self.body(6), true), ("eyJ" + Self.body(20) + "." + Self.body(5), false),
            ("eyJ" + Self.body(27), false), ("eyJ" + Self.body(20) + "." + Self.body(9) + "." + Self.body(9), true),
            ("exJ" + Self.body(20) + "." + Self.body(9), false),
        ] {
            #expect(redacted("see \(token) ok") == (isFound ? "see [secret] ok" : "see \(token) ok"), "\(token)")
        }
    }

    @Test(
        arguments: [
            ("-----BEGIN PRIVATE KEY-----\nMIIEpAIB\n-----END PRIVATE KEY-----\nok!", "[secret]\nok!"),
            ("-----BEGIN RSA PRIVATE KEY----- MIIE -----END RSA PRIVATE KEY----- ok!", "[secret] ok!"),
            ("-----BEGIN PGP PRIVATE KEY BLOCK----- MIIE -----END PGP PRIVATE KEY BLOCK----- ok!", "[secret] ok!"),
            (
                "-----BEGIN PUBLIC KEY----- MIIE -----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY----- MIIE -----END PUBLIC KEY-----"
            ),
            ("-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----"),
            ("see -----BEGIN PRIVATE KEY-----MIIE", "see [secret]"),
            ("------BEGIN PRIVATE KEY-----MIIE", "------BEGIN PRIVATE KEY-----MIIE"),
            ("----BEGIN PRIVATE KEY-----MIIE", "----BEGIN PRIVATE KEY-----MIIE"),
            ("-----BEGIN PRIVATE KEY-----MIIE!no", "[secret]!no"),
        ]
    )
    func `a private key ends with its last line, or with its text`(text: String, expected: String) {
        #expect(redacted(text) == expected)
    }

    @Test(
        arguments: [
            ("abc12def", true), ("abc12de", false), ("abc1defg", false), ("abc11def", false), ("abcdefgh", false),
            ("12345678", false),
            ("a2b4c6d8", true), ("abcdefghijklmnopqR1t", true), ("abcdefghijklmnopqR1", false),
            ("abcdefghijklmnopqr1t", false),
            ("ABCDEFGHIJKLMNOPQR1T", false), ("abcdefghijklmnopqRst", false), ("ab+12/cd=ef", true),
            ("abc12def.", true),
            ("a 1 b 2 c 3 d 4", true), ("a 1 b 2 c 3 d", false),
        ]
    )
    func `after its name a key is long enough and mixes letters and digits`(key: String, isFound: Bool) {
        let kept = key.hasSuffix(".") ? "." : ""
        #expect(redacted("api key: \(key)") == (isFound ? "api key: [secret]\(kept)" : "api key: \(key)"))
        #expect(redacted("nothing: \(key)") == "nothing: \(key)")
    }

    // MARK: Passwords

    @Test(
        arguments: [
            // After "is", ":" or "=" any word of four letters, digits that are not all the same, or symbols.
            ("is abcd", "is [password]"), ("is abc", "is abc"), (": abcd", ": [password]"), ("= abcd", "= [password]"),
            ("is 1234", "is [password]"), ("is 123", "is 123"), ("is 1111", "is 1111"), ("is 1112", "is [password]"),
            ("is a!bc", "is [password]"), ("is a!c", "is a!c"), ("is a1bc", "is [password]"), ("is a1b", "is a1b"),
            // Without these a digit or a symbol within six characters.
            ("abcd12", "[password]"), ("abcd1", "abcd1"), ("abcdef", "abcdef"), ("ab!def", "[password]"),
            ("ab-def", "ab-def"),
            ("123456", "123456"), ("abcde!", "abcde!"),
            // Words that describe it.
            ("is wrong", "is wrong"), ("is crying", "is crying"), ("is bring", "is [password]"),
            ("is tested", "is tested"),
            ("is speed", "is [password]"), ("is lovely", "is lovely"), ("is folly", "is [password]"),
            ("is not", "is not"),
            ("is don't", "is [password]"),
            // Marks around it.
            ("is hunter2.", "is [password]."), ("is (hunter2)", "is ([password])"),
            ("is hunter2, ok", "is [password], ok"),
            ("is 'hunter2'", "is '[password]'"), ("is \"my old dog\" ok", "is \"[password]\" ok"),
            ("is hunter2?", "is [password]?"),
            ("is -abcd", "is -abcd"), ("is =abcd", "is =[password]"), ("is #abcd", "is [password]"),
            ("is $1bc", "is [password]"),
            ("is k b c d", "is [password]"), ("is k b c", "is k b c"),
            ("is really abcd", "is really abcd"), ("for this is abcd", "for this is [password]"),
        ]
    )
    func `a password is what follows its name, as far as it can be one`(text: String, expected: String) {
        #expect(redacted("my password \(text)", .password) == "my password \(expected)")
        #expect(redacted("my plan \(text)", .password) == "my plan \(text)")
    }

    @Test("a password in quotes has at most 64 characters", arguments: [(64, true), (65, false)])
    func quoted(count: Int, isWhole: Bool) {
        let quoted = "\"ab \(String(repeating: "x", count: count - 3))\""
        let found = redacted("password is \(quoted) ok", .password)
        #expect((found == "password is \"[password]\" ok") == isWhole, "\(found)")
    }
}
