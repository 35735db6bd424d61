package import Vocabulary

/// What a token says about a person and about itself (RFC 7519, section 4), typed and within bounds.
///
/// Times are microseconds since 1970.
package struct IdentityClaims: Sendable, Hashable {
    private static let maximumText = 2_048
    private static let maximumAudiences = 64
    /// The end of the year 9999, in seconds.
    private static let latest = 253_402_300_799.0

    package let issuer: String
    package let subject: String
    /// Whom the token is for, at least one.
    package let audiences: [String]
    package let expiresAt: Int64
    package let issuedAt: Int64
    package let notBefore: Int64?
    package let nonce: String?
    /// The client that the token was issued to (`azp`).
    package let authorizedParty: String?
    /// Every claim.
    package let members: JSONObject

    /// Reads the content of a token whose signature has been verified.
    ///
    /// - Throws: ``TokenRefusal`` `claims` that names the claim.
    package init(_ payload: [UInt8]) throws(TokenRefusal) {
        guard let members = StrictObject.read(payload) else {
            throw TokenRefusal(.claims, "the claims are no object whose members stand once")
        }
        self.members = members
        issuer = try Self.required("iss", members)
        subject = try Self.required("sub", members)
        audiences = try Self.audiences(members)
        guard let expiresAt = try Self.time("exp", members), let issuedAt = try Self.time("iat", members) else {
            throw TokenRefusal(.claims, "the claims “exp” and “iat” are expected")
        }
        (self.expiresAt, self.issuedAt) = (expiresAt, issuedAt)
        notBefore = try Self.time("nbf", members)
        nonce = try Self.text("nonce", members)
        authorizedParty = try Self.text("azp", members)
    }

    /// The values of a claim as texts: of a text or a number itself, of a list its elements that are one of these.
    ///
    /// - Parameter path: the name of the claim, or the names of nested ones from the outside in.
    /// - Returns: nothing where there is no such claim.
    package func values(at path: [String]) -> [String] {
        var value = JSON.object(members)
        for name in path {
            guard let next = value[name] else { return [] }
            value = next
        }
        return (value.array ?? [value]).compactMap { element in
            switch element {
            case .string(let text): text
            case .number(let number): number.text
            case .bool(let flag): flag ? "true" : "false"
            case .null, .array, .object: nil
            }
        }
    }

    private static func required(_ name: String, _ members: JSONObject) throws(TokenRefusal) -> String {
        guard let text = try text(name, members), !text.isEmpty else {
            throw TokenRefusal(.claims, "the claim “\(name)” is expected")
        }
        return text
    }

    private static func text(_ name: String, _ members: JSONObject) throws(TokenRefusal) -> String? {
        guard let member = members[name] else { return nil }
        guard let text = member.string, text.utf8.count <= maximumText else {
            throw TokenRefusal(.claims, "the claim “\(name)” is no text of at most \(maximumText) bytes")
        }
        return text
    }

    private static func audiences(_ members: JSONObject) throws(TokenRefusal) -> [String] {
        switch members["aud"] {
        case .string(let one): return [one]
        case .array(let list) where !list.isEmpty && list.count <= maximumAudiences:
            let texts = list.compactMap(\.string)
            guard texts.count == list.count else { break }
            return texts
        default: break
        }
        throw TokenRefusal(.claims, "the claim “aud” is a text or a list of 1 to \(maximumAudiences) texts")
    }

    private static func time(_ name: String, _ members: JSONObject) throws(TokenRefusal) -> Int64? {
        guard let member = members[name] else { return nil }
        guard let seconds = member.double, (0...latest).contains(seconds) else {
            throw TokenRefusal(.claims, "the claim “\(name)” is no time in seconds since 1970")
        }
        return Int64(seconds * 1_000_000)
    }
}
