import IdentityTokens
import SignIn

/// What an issuer of sign-ins and those who pretend to be one send.
extension FuzzTarget {
    /// Signed tokens: with whatever is in them, none is believed that the key has not signed.
    static let identityTokens = FuzzTarget(
        name: "identity-tokens",
        corpus: { _ in [Array(sampleToken.utf8), Array("\(sampleToken)\n".utf8)] }
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let token = try? CompactToken(text) else { return }
        require(text.utf8.count <= CompactToken.maximumBytes, "a token is short")
        _ = token.claimedSubject
        guard let keys = try? KeySet(Array(sampleKeys.utf8)) else { return require(false, "the keys can be read") }
        let isSigned = (try? keys.verify(token, allowing: Set(SignatureAlgorithm.allCases))) != nil
        let isSample = token.payload == samplePayload
        require(!isSigned || isSample, "nothing else is believed than what was signed")
        if let claims = try? IdentityClaims(token.payload) {
            require(!claims.audiences.isEmpty && !claims.subject.isEmpty, "claims are complete")
        }
    }

    /// Sets of keys.
    static let keySets = FuzzTarget(name: "key-sets", corpus: { _ in [Array(sampleKeys.utf8)] }) { bytes in
        guard let keys = try? KeySet(bytes), let token = try? CompactToken(sampleToken) else { return }
        require((1...KeySet.maximumKeys).contains(keys.count), "a set has some keys and not many")
        _ = try? keys.verify(token, allowing: Set(SignatureAlgorithm.allCases))
    }

    /// Parameters of addresses, and the configuration of an issuer.
    static let forms = FuzzTarget(
        name: "forms",
        corpus: { _ in
            [
                "code=a%20b&state=c+d&iss=https%3A%2F%2Fid.example.com",
                """
                {"issuer": "https://id.example.com", "authorization_endpoint": "https://id.example.com/a", \
                "token_endpoint": "https://id.example.com/t", "jwks_uri": "https://id.example.com/k"}
                """,
            ].map { Array($0.utf8) }
        }
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        if let members = FormText.members(of: text) {
            let written = FormText.encode(members.map { ($0.key, $0.value) })
            require(FormText.members(of: written) == members, "what is written is read again")
        }
        if let path = SignInAttempt.path(text) { require(path.hasPrefix("/"), "a path stays on this server") }
        if let metadata = try? IssuerMetadata(bytes, of: "https://id.example.com") {
            require(metadata.keySet.lowercased().hasPrefix("https://"), "keys come over TLS")
        }
    }

    /// The example of RFC 7515, appendix A.3, and its key.
    private static let sampleToken = """
        eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
        DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q
        """
    private static let samplePayload = Array(
        "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}".utf8
    )
    private static let sampleKeys = """
        {"keys": [{"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", \
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}, {"kty": "OKP", "crv": "Ed25519", \
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
        """
}
