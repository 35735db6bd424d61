import Foundation

/// The options of sign-in: what has to be given together, and the settings that follow from them.
extension FrontlineConfiguration {
    /// The variable with the secret that the issuer has given to this server.
    static let clientSecretVariable = "FRONTLINE_OIDC_CLIENT_SECRET"
    private static let maximumSecret = 4_096

    /// The settings of sign-in.
    package var signIn: SignInSettings {
        SignInSettings(
            issuer: oidcIssuer.map { issuer in
                SignInSettings.IssuerSettings(
                    address: issuer,
                    client: oidcClientID ?? "",
                    secret: oidcClientSecret,
                    authorities: oidcAuthorities
                )
            },
            publicAddress: publicAddress
        )
    }

    /// Where browsers reach the web server: as it is configured, or where it listens if that is one place.
    private var publicAddress: String? {
        if let webURL { return webURL.hasSuffix("/") ? String(webURL.dropLast()) : webURL }
        guard let web, !["0.0.0.0:", "[::]:", "::"].contains(where: web.hasPrefix) else { return nil }
        return "\(tlsCertificate == nil ? "http" : "https")://\(web)"
    }

    /// Checks the options, and reads the secret.
    ///
    /// - Throws: ``ConfigurationError``.
    mutating func validateSignIn() throws {
        if let webURL, !SignInSettings.isPublicAddress(publicAddress ?? webURL) {
            throw ConfigurationError(
                place: "web-url",
                message: "“\(webURL)” is not https://HOST or https://HOST:PORT; http is for this machine alone"
            )
        }
        guard let oidcIssuer else {
            let given = [
                ("oidc-client-id", oidcClientID), ("oidc-client-secret-file", oidcClientSecretFile),
                ("oidc-ca", oidcAuthorities),
            ].first { $0.1 != nil }
            guard let given else { return }
            throw ConfigurationError(place: given.0, message: "it is the client of an issuer; give oidc-issuer as well")
        }
        guard SignInSettings.isIssuer(oidcIssuer) else {
            throw ConfigurationError(
                place: "oidc-issuer",
                message: "an https address without parameters is expected; http is for an issuer on this machine"
            )
        }
        guard oidcClientID != nil else {
            throw ConfigurationError(
                place: "oidc-issuer",
                message: "give the name of this client, oidc-client-id, as well"
            )
        }
        if web != nil, publicAddress == nil {
            throw ConfigurationError(
                place: "web-url",
                message: "browsers have to come back from the issuer: say where they reach this server"
            )
        }
        if let publicAddress, !SignInSettings.isPublicAddress(publicAddress) {
            throw ConfigurationError(
                place: "web-url",
                message: "browsers keep no cookies of \(publicAddress): give a certificate, or an https address"
            )
        }
        if let oidcAuthorities, !FileManager.default.isReadableFile(atPath: oidcAuthorities) {
            throw ConfigurationError(place: "oidc-ca", message: "\(oidcAuthorities) cannot be read")
        }
        try readSecret()
    }

    private mutating func readSecret() throws {
        guard let path = oidcClientSecretFile else { return }
        let place = "oidc-client-secret-file"
        guard oidcClientSecret == nil else {
            throw ConfigurationError(
                place: place,
                message: "the secret is in \(Self.clientSecretVariable) as well; give it in one place"
            )
        }
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= Self.maximumSecret else {
            throw ConfigurationError(
                place: place,
                message: "\(path) cannot be read, or is longer than \(Self.maximumSecret) bytes"
            )
        }
        let secret = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !secret.isEmpty else { throw ConfigurationError(place: place, message: "\(path) is empty") }
        oidcClientSecret = secret
    }
}
