import HTTPFetch
import SignIn

/// Who vouches for people, as it is configured, and where browsers reach this server.
package struct SignInSettings: Sendable {
    /// The issuer, and this server as its client.
    package struct IssuerSettings: Sendable {
        /// Letter by letter as tokens name it.
        package var address: String
        package var client: String
        /// What the client proves itself with; nil for a public client.
        package var secret: String?
        /// A file of certificates to trust instead of the system's.
        package var authorities: String?

        package init(address: String, client: String, secret: String? = nil, authorities: String? = nil) {
            (self.address, self.client, self.secret, self.authorities) = (address, client, secret, authorities)
        }
    }

    package var issuer: IssuerSettings?
    /// Without a slash at the end; nil where it is not known.
    package var publicAddress: String?

    package init(issuer: IssuerSettings? = nil, publicAddress: String? = nil) {
        (self.issuer, self.publicAddress) = (issuer, publicAddress)
    }

    /// The path to which browsers come back from the issuer.
    package static let callbackPath = "/sign-in/callback"

    /// Whether a text is an address that may be that of an issuer.
    static func isIssuer(_ text: String) -> Bool { IssuerMetadata.isSafe(text) && !text.contains("?") }

    /// Whether a text is where browsers may reach a server: scheme, host and port.
    static func isPublicAddress(_ text: String) -> Bool {
        guard IssuerMetadata.isSafe(text), let scheme = text.firstRange(of: "://") else { return false }
        return !text[scheme.upperBound...].contains { "/?#".contains($0) }
    }

    /// The issuer with the transport over HTTP, or over another one.
    func connected(over transport: (any IssuerTransport)?) -> (Issuer, client: IssuerClient)? {
        issuer.map { issuer in
            let transport = transport ?? IssuerThreads(authorities: issuer.authorities)
            let client = IssuerClient(
                id: issuer.client,
                secret: issuer.secret,
                redirect: (publicAddress ?? "") + Self.callbackPath
            )
            return (Issuer(issuer.address, transport: transport), client)
        }
    }
}
