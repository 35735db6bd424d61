internal import COpenSSL
package import IdentityTokens
package import Vocabulary

/// A key pair of an issuer that exists only in tests, made and signed with by libcrypto itself.
///
/// `@unchecked Sendable`: the key is not changed after it was made.
package final class TestKey: @unchecked Sendable {
    package enum Kind: Sendable {
        case rsa(bits: Int32)
        case ec(String)
        case ed25519
    }

    package let kind: Kind
    package let id: String
    private let pointer: OpaquePointer

    package init(_ kind: Kind, id: String = "k1") {
        frontline_start_openssl()
        (self.kind, self.id) = (kind, id)
        let name =
            switch kind {
            case .rsa: "RSA"
            case .ec: "EC"
            case .ed25519: "ED25519"
            }
        let context = EVP_PKEY_CTX_new_from_name(nil, name, nil)
        defer { EVP_PKEY_CTX_free(context) }
        EVP_PKEY_keygen_init(context)
        switch kind {
        case .rsa(let bits): EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits)
        case .ec(let curve): EVP_PKEY_CTX_set_group_name(context, curve)
        case .ed25519: break
        }
        var key: OpaquePointer?
        EVP_PKEY_generate(context, &key)
        guard let key else { preconditionFailure("libcrypto makes keys") }
        pointer = key
    }

    deinit { EVP_PKEY_free(pointer) }

    /// The public half (RFC 7517), with members added or replaced.
    package func publicKey(_ more: [String: JSON] = [:]) -> JSON {
        var members: JSONObject = ["kid": .string(id)]
        switch kind {
        case .rsa:
            members["kty"] = "RSA"
            members["n"] = .string(number(OSSL_PKEY_PARAM_RSA_N))
            members["e"] = .string(number(OSSL_PKEY_PARAM_RSA_E))
        case .ec(let curve):
            members["kty"] = "EC"
            members["crv"] = .string(curve)
            let point = octets(OSSL_PKEY_PARAM_PUB_KEY).dropFirst()
            members["x"] = .string(Base64URL.encode(point.prefix(point.count / 2)))
            members["y"] = .string(Base64URL.encode(point.suffix(point.count / 2)))
        case .ed25519:
            members["kty"] = "OKP"
            members["crv"] = "Ed25519"
            members["x"] = .string(Base64URL.encode(octets(OSSL_PKEY_PARAM_PUB_KEY)))
        }
        for (name, value) in more { members[name] = value }
        return .object(members)
    }

    /// A signature as tokens have it.
    package func sign(_ message: String, digest: String?, isPSS: Bool = false) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var settings: OpaquePointer?
        EVP_DigestSignInit_ex(context, &settings, digest, nil, nil, pointer, nil)
        if isPSS {
            EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING)
            EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, RSA_PSS_SALTLEN_DIGEST)
        }
        let bytes = Array(message.utf8)
        var count = 2_048
        var signature = [UInt8](repeating: 0, count: count)
        precondition(EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1)
        signature = Array(signature.prefix(count))
        guard case .ec(let curve) = kind else { return signature }
        return Self.numbers(signature, length: ["P-256": 32, "P-384": 48, "P-521": 66][curve] ?? 0)
    }

    /// The two numbers of a signature in DER, each of a length.
    private static func numbers(_ der: [UInt8], length: Int) -> [UInt8] {
        var rest = der.dropFirst(der[1] == 0x81 ? 3 : 2)
        var result: [UInt8] = []
        for _ in 0..<2 {
            let count = Int(rest[rest.startIndex + 1])
            let number = rest.dropFirst(2).prefix(count).drop { $0 == 0 }
            result += [UInt8](repeating: 0, count: length - number.count) + number
            rest = rest.dropFirst(2 + count)
        }
        return result
    }

    private func number(_ name: String) -> String {
        var number: OpaquePointer?
        EVP_PKEY_get_bn_param(pointer, name, &number)
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
        BN_bn2bin(number, &bytes)
        return Base64URL.encode(bytes)
    }

    private func octets(_ name: String) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 256)
        var count = 0
        EVP_PKEY_get_octet_string_param(pointer, name, &bytes, bytes.count, &count)
        return Array(bytes.prefix(count))
    }
}

/// Tokens of an issuer that exists only in tests.
package enum TestIssuer {
    /// Letter by letter.
    package static let address = "https://id.example.com/realms/ohmstead"
    package static let client = "frontline"
    /// In microseconds since 1970.
    package static let now: Int64 = 1_774_700_000_000_000
    package static let key = TestKey(.ec("P-256"))

    package static func keys(_ keys: JSON...) -> [UInt8] { JSON.object(["keys": .array(keys)]).serialized() }

    package static var rules: TokenRules {
        TokenRules(
            issuer: address,
            audiences: [client],
            algorithms: Set(SignatureAlgorithm.allCases),
            skew: 60_000_000
        )
    }

    /// The claims of a token that counts, with others added, replaced or, by null, left out.
    package static func claims(_ more: [String: JSON] = [:]) -> JSONObject {
        let seconds = Int(now / 1_000_000)
        var claims: JSONObject = [
            "iss": .string(address), "sub": "7f3a", "aud": .string(client), "exp": .number(JSONNumber(seconds + 300)),
            "iat": .number(JSONNumber(seconds - 120)), "nonce": "n1",
        ]
        claims.replace(more)
        return claims
    }

    /// A token, signed by a key.
    package static func token(
        _ claims: JSONObject = claims(),
        header: [String: JSON] = [:],
        by key: TestKey = key,
        _ algorithm: SignatureAlgorithm = .es256
    ) -> String {
        var head: JSONObject = ["alg": .string(algorithm.rawValue), "kid": .string(key.id)]
        head.replace(header)
        return token(
            head: JSON.object(head).serialized(),
            payload: JSON.object(claims).serialized(),
            by: key,
            algorithm
        )
    }

    package static func token(
        head: [UInt8],
        payload: [UInt8],
        by key: TestKey,
        _ algorithm: SignatureAlgorithm
    ) -> String {
        let signed = "\(Base64URL.encode(head)).\(Base64URL.encode(payload))"
        let digest: String? =
            switch algorithm {
            case .rs256, .ps256, .es256: "SHA256"
            case .rs384, .ps384, .es384: "SHA384"
            case .rs512, .ps512, .es512: "SHA512"
            case .edDSA: nil
            }
        let signature = key.sign(signed, digest: digest, isPSS: algorithm.rawValue.hasPrefix("PS"))
        return "\(signed).\(Base64URL.encode(signature))"
    }

    /// Why a token does not count; nil for one that does.
    package static func refusal(
        _ token: String,
        rules: TokenRules = rules,
        keys: [UInt8] = keys(key.publicKey()),
        signIn: TokenRules.SignIn? = nil,
        now: Int64 = now
    ) -> TokenRefusal.Code? {
        do throws(TokenRefusal) {
            _ = try rules.claims(of: try CompactToken(token), keys: try KeySet(keys), signIn: signIn, now: now)
            return nil
        } catch {
            return error.code
        }
    }
}

extension JSONObject {
    /// Adds or replaces members, and leaves out those that are given as null.
    package mutating func replace(_ members: [String: JSON]) {
        for (name, value) in members { self[name] = value.isNull ? JSON?.none : value }
    }
}
