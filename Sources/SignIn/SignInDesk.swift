package import Access
import IdentityTokens
package import Storage

/// Signing people in: by tokens of the issuer, by codes that browsers bring from it, and by links.
///
/// ## Topics
/// - ``token(of:now:)``
/// - ``begin(returningTo:now:)``, ``finish(_:now:)``
/// - ``redeem(_:now:)``
package final class SignInDesk: Sendable {
    /// What a browser brings back from the issuer.
    package struct Answer: Sendable {
        package let state: String
        /// What the browser has of the sign-in in its cookie.
        package let browser: String
        /// The code; nil where the issuer refused.
        package let code: String?
        /// The issuer's reason, by its short name.
        package let error: String?
        /// The issuer, where its answer names it.
        package let issuer: String?

        package init(state: String, browser: String, code: String?, error: String?, issuer: String?) {
            (self.state, self.browser, self.code) = (state, browser, code)
            (self.error, self.issuer) = (error, issuer)
        }
    }

    /// The session of a browser that has signed in.
    package struct SignedIn: Sendable {
        package let session: SignInSession
        /// What the browser shows from now on.
        package let secret: String
        /// The path that it wanted to see.
        package let returnTo: String
    }

    private static let maximumCode = 4_096

    package let rules: SignInStore
    /// The issuer; nil where none is configured.
    package let issuer: Issuer?
    /// This server as the issuer's client.
    package let client: IssuerClient?
    package let links: SignInLinks
    /// Where browsers reach this server, without a slash at the end; nil where that is not known.
    package let publicAddress: String?
    private let tokens: TokenRegistry
    private let attempts: SignInAttempts

    /// Creates access to a store.
    ///
    /// - Parameters:
    ///   - store: the store.
    ///   - tokens: the tokens and sessions of the store.
    ///   - rules: the rules of sign-in.
    ///   - issuer: who vouches for people, and this server as its client; nil for nobody.
    ///   - publicAddress: where browsers reach this server.
    package init(
        store: Store,
        tokens: TokenRegistry,
        rules: SignInStore,
        issuer: (Issuer, client: IssuerClient)?,
        publicAddress: String?
    ) {
        self.tokens = tokens
        self.rules = rules
        self.issuer = issuer?.0
        client = issuer?.client
        self.publicAddress = publicAddress
        attempts = SignInAttempts(store: store)
        links = SignInLinks(store: store)
    }

    // MARK: Tokens

    /// Whether a text would be taken for a token of the issuer.
    package func isForIssuer(_ text: String) -> Bool { issuer != nil && CompactToken.resembles(text) }

    /// What a token of the issuer authenticates: its session, which is in the store, and the end of the token itself.
    ///
    /// - Parameters:
    ///   - text: the token.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: what authenticates the caller, until the token expires, the difference of clocks included.
    /// - Throws: `TokenRefusal`; ``SignInError`` `refused`, `unavailable`; `AccessError`; the store's error.
    package func token(of text: String, now: Int64) async throws -> Token {
        guard let issuer, let client else { throw SignInError(.refused, "no issuer is configured") }
        let now = try await tokens.time(now)
        let token = try CompactToken(text)
        let book = try await rules.book().rules
        let accepted = TokenRules(
            issuer: issuer.address,
            audiences: audiences(of: book, client),
            algorithms: book.algorithms,
            skew: book.clockSkew
        )
        let claims = try await issuer.claims(of: token, rules: accepted, now: now)
        let end = claims.expiresAt + book.clockSkew
        var generator = SystemRandomNumberGenerator()
        let session = try await tokens.sessions.accept(
            try book.principal(of: claims),
            from: issuer.address,
            issuedAt: claims.issuedAt,
            until: max(end, now + book.sessions.longest),
            now: now,
            using: &generator
        )
        return session.token(until: end)
    }

    /// Of whom a token names at least one: this client, this server, or whom the rules name.
    private func audiences(of book: SignInBook, _ client: IssuerClient) -> Set<String> {
        let own = publicAddress.map { [$0, $0 + "/mcp"] } ?? []
        return Set(book.audiences + own + [client.id])
    }

    // MARK: Codes

    /// Begins a sign-in.
    ///
    /// - Parameters:
    ///   - path: the path that the browser wants to see afterwards.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the sign-in, and where the browser is sent.
    /// - Throws: ``SignInError`` `unavailable`, `issuer`; the store's error.
    package func begin(
        returningTo path: String,
        now: Int64
    ) async throws -> (attempt: SignInAttempt, address: String) {
        guard let issuer, let client else { throw SignInError(.refused, "no issuer is configured") }
        let metadata = try await issuer.metadata(now: now)
        let attempt = SignInAttempt(returnTo: path)
        try await attempts.add(attempt, now: now)
        let scopes = try await rules.book().rules.scopes
        return (attempt, client.authorization(attempt, at: metadata, scopes: scopes))
    }

    /// Finishes a sign-in with what the browser brings back.
    ///
    /// The sign-in does not count any more afterwards, whatever comes of it.
    ///
    /// - Parameters:
    ///   - answer: what the browser brings.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the session.
    /// - Throws: ``SignInError``, `TokenRefusal`, `AccessError`, the store's error.
    package func finish(_ answer: Answer, now: Int64) async throws -> SignedIn {
        guard let issuer, let client else { throw SignInError(.refused, "no issuer is configured") }
        guard let attempt = try await attempts.take(state: answer.state, browser: answer.browser, now: now) else {
            throw SignInError(.stale, "this sign-in was finished already, took too long, or began in another browser")
        }
        let metadata = try await issuer.metadata(now: now)
        guard answer.issuer.map({ $0 == issuer.address }) ?? !metadata.namesItself else {
            throw SignInError(.refused, "the answer is not from the issuer that was asked")
        }
        guard let code = answer.code, answer.error == nil, (1...Self.maximumCode).contains(code.utf8.count) else {
            let reason = answer.error.map { ": \(String($0.prefix(60).filter { $0.isLetter || $0 == "_" }))" }
            throw SignInError(.refused, "the issuer did not sign you in\(reason ?? "")")
        }
        let text = try await issuer.exchange(code, verifier: attempt.verifier, for: client, now: now)
        let book = try await rules.book().rules
        let accepted = TokenRules(
            issuer: issuer.address,
            audiences: [client.id],
            algorithms: book.algorithms,
            skew: book.clockSkew
        )
        let claims = try await issuer.claims(
            of: try CompactToken(text),
            rules: accepted,
            signIn: .init(client: client.id, nonce: attempt.nonce),
            now: now
        )
        var generator = SystemRandomNumberGenerator()
        let begun = try await tokens.sessions.begin(
            try book.principal(of: claims),
            origin: issuer.address,
            limits: book.sessions,
            now: now,
            using: &generator
        )
        return SignedIn(session: begun.session, secret: begun.secret, returnTo: attempt.returnTo)
    }

    // MARK: Links

    /// Signs a browser in by a link.
    ///
    /// - Throws: `AccessError` `unauthenticated` for a link that does not count; the store's error.
    package func redeem(_ secret: String, now: Int64) async throws -> SignedIn {
        var generator = SystemRandomNumberGenerator()
        let limits = try await rules.book().rules.sessions
        let begun = try await links.redeem(secret, limits: limits, now: now, using: &generator)
        return SignedIn(session: begun.session, secret: begun.secret, returnTo: "/")
    }
}
