import Digests
import Vocabulary

/// This server as a client of the issuer.
package struct IssuerClient: Sendable {
    /// The longest answer that is read, in bytes.
    static let maximumAnswer = 128 << 10

    /// The name under which the issuer knows it.
    package let id: String
    /// What it proves itself with; nil for a public client, which has the code's verifier alone.
    private let secret: String?
    /// Where browsers come back to.
    package let redirect: String

    package init(id: String, secret: String?, redirect: String) {
        (self.id, self.secret, self.redirect) = (id, secret, redirect)
    }

    /// Where a browser is sent to sign in.
    ///
    /// - Parameters:
    ///   - attempt: the sign-in.
    ///   - metadata: the issuer's.
    ///   - scopes: what is asked for.
    /// - Returns: the address.
    package func authorization(_ attempt: SignInAttempt, at metadata: IssuerMetadata, scopes: [String]) -> String {
        let parameters = FormText.encode([
            ("response_type", "code"), ("client_id", id), ("redirect_uri", redirect),
            ("scope", scopes.joined(separator: " ")), ("state", attempt.state), ("nonce", attempt.nonce),
            ("code_challenge", attempt.challenge), ("code_challenge_method", "S256"),
        ])
        return FormText.address(metadata.authorizationEndpoint, parameters)
    }

    /// Where a browser is sent to sign out of the issuer itself, to come back to an address; nil where the issuer has no such place.
    package func endSession(at metadata: IssuerMetadata?, returningTo address: String) -> String? {
        metadata?.endSessionEndpoint.map { endpoint in
            FormText.address(
                endpoint,
                FormText.encode([("client_id", id), ("post_logout_redirect_uri", address)])
            )
        }
    }

    func tokenRequest(_ code: String, verifier: String, takesBasic: Bool) -> (form: String, headers: [String]) {
        var members = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ]
        var headers = ["Content-Type: application/x-www-form-urlencoded", "Accept: application/json"]
        if let secret, takesBasic {
            // Both are encoded before they are joined (RFC 6749, section 2.3.1).
            let pair = "\(FormText.encode(id)):\(FormText.encode(secret))"
            headers.append("Authorization: Basic \(Bytes.base64(Array(pair.utf8)))")
        } else {
            members.append(("client_id", id))
            if let secret { members.append(("client_secret", secret)) }
        }
        return (FormText.encode(members), headers)
    }

    static func token(status: Int, body: [UInt8]) throws(SignInError) -> String {
        let answer = try? JSON(parsing: body, maximumDepth: 16)
        guard status == 200 else {
            // A name from a short list of the standard, and nothing that a person wrote.
            let reason = answer?["error"]?.string.map {
                " (\(String($0.prefix(40).filter { $0.isASCII && !$0.isWhitespace })))"
            }
            let code: SignInError.Code = (400..<500).contains(status) ? .refused : .unavailable
            throw SignInError(code, "the issuer did not take the code of the sign-in\(reason ?? "")")
        }
        guard let token = answer?["id_token"]?.string else {
            throw SignInError(.issuer, "the issuer's answer has no id_token; is “openid” among the scopes?")
        }
        return token
    }
}
