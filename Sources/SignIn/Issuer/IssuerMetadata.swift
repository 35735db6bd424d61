import HTTPFetch
import Vocabulary

/// What an issuer says of itself (OpenID Connect Discovery 1.0, section 3).
package struct IssuerMetadata: Sendable, Hashable {
    /// The longest document that is read, in bytes.
    package static let maximumBytes = 128 << 10

    /// Where browsers sign in.
    package let authorizationEndpoint: String
    /// Where a code is exchanged.
    package let tokenEndpoint: String
    /// Where the keys are.
    package let keySet: String
    /// Where browsers sign out of the issuer itself, if that is possible.
    package let endSessionEndpoint: String?
    /// Whether it takes the secret of a client in the header `Authorization`, which is so unless it says otherwise.
    package let takesBasic: Bool
    /// Whether its answers to browsers name it (RFC 9207).
    package let namesItself: Bool

    /// Where the document of an issuer is.
    package static func address(of issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }

    /// Reads the document.
    ///
    /// - Parameters:
    ///   - bytes: an object of JSON.
    ///   - issuer: whose document it should be: another one could give keys of its own.
    /// - Throws: ``SignInError`` `issuer`.
    package init(_ bytes: [UInt8], of issuer: String) throws(SignInError) {
        guard let document = try? JSON(parsing: bytes, maximumDepth: 16), document.object != nil else {
            throw SignInError(.issuer, "the issuer's configuration is no object of JSON")
        }
        guard let named = document["issuer"]?.string, named == issuer else {
            throw SignInError(
                .issuer,
                "the configuration is that of another issuer than oidc-issuer names, letter by letter"
            )
        }
        func address(_ name: String) throws(SignInError) -> String? {
            guard let member = document[name] else { return nil }
            guard let text = member.string, Self.isSafe(text, for: issuer) else {
                throw SignInError(.issuer, "“\(name)” of the issuer is no https address")
            }
            return text
        }
        guard let authorization = try address("authorization_endpoint"), let token = try address("token_endpoint"),
            let keySet = try address("jwks_uri")
        else {
            throw SignInError(.issuer, "the issuer names no authorization_endpoint, token_endpoint or jwks_uri")
        }
        (authorizationEndpoint, tokenEndpoint, self.keySet) = (authorization, token, keySet)
        endSessionEndpoint = try address("end_session_endpoint")
        let methods = document["token_endpoint_auth_methods_supported"]?.array?.compactMap(\.string)
        takesBasic = methods?.contains("client_secret_basic") ?? true
        namesItself = document["authorization_response_iss_parameter_supported"]?.bool ?? false
    }

    /// Whether an address may be asked: one of https, or, for trying out, of this machine.
    package static func isSafe(_ address: String) -> Bool {
        guard let target = HTTPTarget(address), !target.hasCredentials, !address.contains("#") else { return false }
        return target.isEncrypted || target.isLoopback
    }

    /// The same for an address that an issuer names: one that is reached over the network does not name this machine.
    private static func isSafe(_ address: String, for issuer: String) -> Bool {
        isSafe(address) && (HTTPTarget(issuer)?.isLoopback ?? false || !(HTTPTarget(address)?.isLoopback ?? true))
    }
}
