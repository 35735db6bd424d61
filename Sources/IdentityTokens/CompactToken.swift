import Vocabulary

/// A signed token in the compact form of RFC 7515, taken apart and not yet believed.
///
/// Reading is strict: three parts in Base64 that have one spelling each, a header whose members stand once, and no extension that
/// the reader would have to understand. What a header says about where keys are (`jku`, `jwk`, `x5u`, `x5c`) is ignored: keys are
/// the issuer's alone.
package struct CompactToken: Sendable, Hashable {
    /// The longest token that is read, in bytes.
    package static let maximumBytes = 16 << 10
    private static let maximumHeaderBytes = 4 << 10
    private static let maximumKeyID = 256

    /// The algorithm that the header names, as it is written.
    package let algorithm: String
    /// The key that the header names.
    package let keyID: String?
    /// The type that the header names, in lower case and without `application/`.
    package let type: String?
    /// The content.
    package let payload: [UInt8]
    /// What is signed.
    let signed: [UInt8]
    let signature: [UInt8]

    /// Whether a text looks like such a token, so that it is not taken for one of another kind.
    package static func resembles(_ text: String) -> Bool {
        text.utf8.starts(with: "ey".utf8) && text.utf8.count { $0 == UInt8(ascii: ".") } == 2
    }

    /// Takes a token apart.
    ///
    /// - Parameter text: the token, at most ``maximumBytes`` long.
    /// - Throws: ``TokenRefusal`` `malformed`.
    package init(_ text: String) throws(TokenRefusal) {
        let bytes = Array(text.utf8.prefix(Self.maximumBytes + 1))
        guard bytes.count <= Self.maximumBytes else {
            throw TokenRefusal(.malformed, "the token is longer than \(Self.maximumBytes) bytes")
        }
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw TokenRefusal(.malformed, "the token has not three parts") }
        guard parts[0].count <= Self.maximumHeaderBytes, let head = Base64URL.decode(parts[0]),
            let payload = Base64URL.decode(parts[1]), let signature = Base64URL.decode(parts[2])
        else { throw TokenRefusal(.malformed, "a part of the token is not in Base64 for addresses") }
        guard let header = StrictObject.read(head) else {
            throw TokenRefusal(.malformed, "the header is no object whose members stand once")
        }
        guard let algorithm = header["alg"]?.string else { throw TokenRefusal(.malformed, "the header has no “alg”") }
        // An extension that is critical is one that a reader who does not know it must not pass over; none is known.
        guard header["crit"] == nil, header["b64"] == nil, header["zip"] == nil, header["enc"] == nil else {
            throw TokenRefusal(.malformed, "the header asks for an extension that is not supported")
        }
        keyID = try Self.text("kid", header)
        type = try Self.text("typ", header).map { name in
            let name = name.lowercased()
            return name.hasPrefix("application/") ? String(name.dropFirst("application/".count)) : name
        }
        self.algorithm = algorithm
        self.payload = payload
        self.signature = signature
        signed = Array(bytes[..<parts[1].endIndex])
    }

    /// Whom the token claims to be about, before anything is verified; only for counting what fails.
    package var claimedSubject: String? { StrictObject.read(payload)?["sub"]?.string }

    private static func text(_ name: String, _ header: JSONObject) throws(TokenRefusal) -> String? {
        guard let member = header[name] else { return nil }
        guard let text = member.string, text.utf8.count <= maximumKeyID else {
            throw TokenRefusal(.malformed, "“\(name)” of the header is no text of at most \(maximumKeyID) bytes")
        }
        return text
    }
}
