internal import COpenSSL
import Vocabulary

/// A public key of an issuer, for verifying signatures.
///
/// `@unchecked Sendable`: the key of libcrypto is not changed after it was made, and verifying with it from several threads is
/// allowed.
final class VerificationKey: @unchecked Sendable {
    /// The lengths of RSA keys that are accepted, in bits: shorter ones can be broken, longer ones cost much to verify with.
    static let bitsOfRSA = 2_048...8_192

    /// The name by which tokens choose it.
    let id: String?
    let kind: SignatureAlgorithm.KeyKind
    /// The only algorithm that it is for; nil for each that takes such a key.
    let algorithm: SignatureAlgorithm?
    private let pointer: OpaquePointer

    /// Reads a key of RFC 7517.
    ///
    /// It is nil for what signs nothing that is accepted: secrets, keys for encryption, other curves, keys that are too short, and
    /// points that are on no curve.
    init?(_ key: JSON) {
        frontline_start_openssl()
        guard let kind = Self.kind(of: key), Self.isForVerifying(key) else { return nil }
        if let named = key["alg"] {
            guard let algorithm = named.string.flatMap(SignatureAlgorithm.init(rawValue:)), algorithm.keyKind == kind
            else { return nil }
            self.algorithm = algorithm
        } else {
            algorithm = nil
        }
        guard let pointer = Self.pointer(to: key, kind) else { return nil }
        self.kind = kind
        self.pointer = pointer
        id = key["kid"]?.string
    }

    deinit { EVP_PKEY_free(pointer) }

    private static func kind(of key: JSON) -> SignatureAlgorithm.KeyKind? {
        switch (key["kty"]?.string, key["crv"]?.string) {
        case ("RSA", _): .rsa
        case ("EC", "P-256"): .p256
        case ("EC", "P-384"): .p384
        case ("EC", "P-521"): .p521
        case ("OKP", "Ed25519"): .ed25519
        default: nil
        }
    }

    private static func isForVerifying(_ key: JSON) -> Bool {
        let isSigning = key["use"].map { $0.string == "sig" } ?? true
        let verifies = key["key_ops"].map { $0.array?.contains("verify") ?? false } ?? true
        return isSigning && verifies
    }

    private static func pointer(to key: JSON, _ kind: SignatureAlgorithm.KeyKind) -> OpaquePointer? {
        switch kind {
        case .rsa:
            guard let modulus = number("n", key), let exponent = number("e", key) else { return nil }
            let bits = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
            // An exponent of 1 would leave the signature as it is; a long one makes verifying slow.
            guard bitsOfRSA.contains(bits), exponent.count <= 4, let last = exponent.last, last & 1 == 1,
                exponent != [1]
            else { return nil }
            return frontline_rsa_key(modulus, Int32(modulus.count), exponent, Int32(exponent.count))
        case .p256, .p384, .p521:
            guard let length = kind.coordinateBytes, let x = bytes("x", key), let y = bytes("y", key),
                x.count == length, y.count == length
            else { return nil }
            let curve =
                switch kind {
                case .p384: "P-384"
                case .p521: "P-521"
                case .rsa, .p256, .ed25519: "P-256"
                }
            let point = [4] + x + y
            return frontline_ec_key(curve, point, point.count)
        case .ed25519:
            guard let x = bytes("x", key), x.count == 32 else { return nil }
            return EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, x, x.count)
        }
    }

    private static func bytes(_ name: String, _ key: JSON) -> [UInt8]? {
        key[name]?.string.flatMap { Base64URL.decode($0.utf8) }
    }

    /// A whole number above zero, without zeros before it.
    private static func number(_ name: String, _ key: JSON) -> [UInt8]? {
        guard let bytes = bytes(name, key)?.drop(while: { $0 == 0 }), !bytes.isEmpty, bytes.count <= 2_048 else {
            return nil
        }
        return Array(bytes)
    }

    /// Whether it is for an algorithm.
    func takes(_ algorithm: SignatureAlgorithm) -> Bool {
        kind == algorithm.keyKind && (self.algorithm.map { $0 == algorithm } ?? true)
    }

    /// Whether a signature is that of a message by this key; takes some ten to a hundred microseconds.
    func verifies(_ signature: [UInt8], of message: [UInt8], by algorithm: SignatureAlgorithm) -> Bool {
        guard takes(algorithm), !signature.isEmpty else { return false }
        if let length = kind.coordinateBytes {
            guard signature.count == 2 * length else { return false }
            return frontline_verify_ecdsa(
                pointer,
                algorithm.digest,
                signature,
                signature.count,
                message,
                message.count
            ) == 1
        }
        return frontline_verify(
            pointer,
            algorithm.digest,
            algorithm.isPSS ? 1 : 0,
            signature,
            signature.count,
            message,
            message.count
        ) == 1
    }
}
