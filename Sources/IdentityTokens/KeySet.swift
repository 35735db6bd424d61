import Vocabulary

/// The public keys of an issuer (RFC 7517, section 5).
///
/// Keys that are not understood are left out, as the specification asks, and nobody can sign with them.
package struct KeySet: Sendable {
    /// The longest set that is read, in bytes.
    package static let maximumBytes = 256 << 10
    /// How many keys a set may have.
    package static let maximumKeys = 64

    private let keys: [VerificationKey]

    /// How many keys there are to verify with.
    package var count: Int { keys.count }

    /// Reads a set.
    ///
    /// - Parameter bytes: an object of JSON with the member `keys`.
    /// - Throws: ``TokenRefusal`` `key` for what is none, is too large, or has no key to verify with.
    package init(_ bytes: [UInt8]) throws(TokenRefusal) {
        guard bytes.count <= Self.maximumBytes, let list = StrictObject.read(bytes)?["keys"]?.array else {
            throw TokenRefusal(.key, "the keys of the issuer are no set of keys of at most \(Self.maximumBytes) bytes")
        }
        guard list.count <= Self.maximumKeys else {
            throw TokenRefusal(.key, "the issuer has more than \(Self.maximumKeys) keys")
        }
        keys = list.compactMap(VerificationKey.init)
        guard !keys.isEmpty else { throw TokenRefusal(.key, "none of the issuer's keys verifies signatures") }
    }

    /// Whether there is a key of this name.
    package func contains(_ id: String) -> Bool { keys.contains { $0.id == id } }

    /// Checks the signature of a token.
    ///
    /// The algorithm is one of those that are allowed, and the key one that is for it: the key that the token names, or the only
    /// one of its kind where it names none.
    ///
    /// - Parameters:
    ///   - token: the token.
    ///   - allowed: the algorithms that are accepted.
    /// - Throws: ``TokenRefusal`` `algorithm`, `key` or `signature`.
    package func verify(_ token: CompactToken, allowing allowed: Set<SignatureAlgorithm>) throws(TokenRefusal) {
        let algorithm = try Self.algorithm(of: token, allowing: allowed)
        let fitting = keys.filter { $0.takes(algorithm) && (token.keyID == nil || $0.id == token.keyID) }
        guard let key = fitting.first else {
            let name = token.keyID.map { " " + TokenRefusal.shown($0) } ?? ""
            throw TokenRefusal(.key, "the issuer has no key\(name) for \(algorithm.rawValue)")
        }
        guard fitting.count == 1 else {
            throw TokenRefusal(
                .key,
                "the issuer has several keys for \(algorithm.rawValue), and the token does not say which"
            )
        }
        guard key.verifies(token.signature, of: token.signed, by: algorithm) else {
            throw TokenRefusal(.signature, "the signature is not that of the issuer's key")
        }
    }

    /// The algorithm of a token, if it is one of those that are accepted.
    ///
    /// - Throws: ``TokenRefusal`` `algorithm`.
    package static func algorithm(
        of token: CompactToken,
        allowing allowed: Set<SignatureAlgorithm>
    ) throws(TokenRefusal) -> SignatureAlgorithm {
        guard let algorithm = SignatureAlgorithm(rawValue: token.algorithm), allowed.contains(algorithm) else {
            throw TokenRefusal(.algorithm, "tokens signed by \(TokenRefusal.shown(token.algorithm)) are not accepted")
        }
        return algorithm
    }
}
