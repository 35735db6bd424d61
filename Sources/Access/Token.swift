/// A token as it is stored, without its text, of which only the hash is kept; or a session as what authenticates a caller.
package struct Token: Sendable, Hashable {
    /// A name for the token that is safe to show, such as `tok_3f9a12bc`.
    package let id: String
    /// Whom it authenticates.
    package let principal: Principal
    /// The declaration made at its creation.
    package let declaration: TokenDeclaration
    /// When it was created, in microseconds since 1970.
    package let createdAt: Int64
    /// When it expires, in microseconds since 1970; nil means never.
    package let expiresAt: Int64?
    /// When it was revoked; nil for a token that was not.
    package let revokedAt: Int64?

    /// Whether it is valid at the time `now`.
    package func counts(at now: Int64) -> Bool {
        revokedAt == nil && expiresAt.map { now < $0 } ?? true
    }
}

/// The text of secrets: a prefix, `fl_` for tokens, and 256 random bits in the URL-safe base 64 alphabet.
enum TokenText {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    /// 43 characters of 6 bits are the first that hold 256 bits.
    private static let length = 43

    static func random(_ prefix: String = "fl_", using generator: inout some RandomNumberGenerator) -> String {
        let characters = (0..<length).map { _ in alphabet[Int.random(in: 0..<64, using: &generator)] }
        return prefix + String(decoding: characters, as: UTF8.self)
    }

    static func randomID(_ prefix: String = "tok_", using generator: inout some RandomNumberGenerator) -> String {
        prefix + String(UInt64.random(in: (1 << 47)..<(1 << 48), using: &generator), radix: 16)
    }
}
