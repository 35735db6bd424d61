/// Why a token of an issuer is not accepted.
///
/// Messages say what is wrong in words for whoever sets the sign-in up. They quote names of algorithms and keys, cut short, and no
/// claim of a person.
package struct TokenRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of reason.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// It is no signed token in the compact form, or goes over a limit.
        case malformed
        /// Its algorithm is not accepted.
        case algorithm
        /// No key of the issuer is the one that it names.
        case key
        /// The signature is not that of the key.
        case signature
        /// A claim is missing or is not what it must be.
        case claims
        /// It is from another issuer.
        case issuer
        /// It is for somebody else.
        case audience
        /// Its time is over.
        case expired
        /// Its time has not come.
        case early
        /// It does not belong to the sign-in that asked for it.
        case nonce
    }

    package let code: Code
    /// The reason, without the token.
    package let message: String

    package init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    package var description: String { message }

    /// A text of the token for a message: short, quoted, and without control characters.
    static func shown(_ text: String) -> String {
        "“\(String(text.unicodeScalars.prefix(40).map { $0.value < 32 || $0.value == 127 ? "?" : Character($0) }))”"
    }
}
