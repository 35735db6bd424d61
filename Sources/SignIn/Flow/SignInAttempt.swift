import Digests
import IdentityTokens

/// A sign-in that has begun: what is sent to the issuer, and what the answer has to fit.
package struct SignInAttempt: Sendable, Hashable {
    /// What the issuer gives back to the browser unchanged.
    package let state: String
    /// What binds the attempt to the browser that began it; the browser has it in a cookie.
    package let browser: String
    /// What the token has to repeat.
    package let nonce: String
    /// What proves that the code is exchanged by the one who asked for it (RFC 7636).
    package let verifier: String
    /// The path that the browser wants to see afterwards.
    package let returnTo: String

    /// What the issuer is told of the verifier.
    package var challenge: String { Base64URL.encode(SHA256.digest(of: verifier)) }

    /// Makes an attempt of 256 random bits for each secret.
    package init(returnTo: String) {
        func secret() -> String { Base64URL.encode(Bytes.random(32)) }
        self.init(state: secret(), browser: secret(), nonce: secret(), verifier: secret(), returnTo: returnTo)
    }

    init(state: String, browser: String, nonce: String, verifier: String, returnTo: String) {
        (self.state, self.browser, self.nonce, self.verifier) = (state, browser, nonce, verifier)
        self.returnTo = returnTo
    }

    /// The path within this server that a text names; nil for one that could lead anywhere else.
    ///
    /// Browsers take `//host` and `/\host` for addresses of other servers.
    package static func path(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count <= 1_000, bytes.first == UInt8(ascii: "/"),
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            bytes.count == 1 || bytes[1] != UInt8(ascii: "/")
        else { return nil }
        return text
    }
}
