/// What a token of an issuer must be to count: from whom, for whom, signed how, and when.
///
/// A pure function of the token, the keys and the time, so that every refusal can be tested.
package struct TokenRules: Sendable, Hashable {
    /// Types of tokens that may say who somebody is.
    ///
    /// Others, such as `logout+jwt`, have the same form and another meaning.
    private static let types: Set<String> = ["jwt", "at+jwt", "id+jwt"]

    /// The issuer, letter by letter.
    package var issuer: String
    /// Of whom the token names at least one.
    package var audiences: Set<String>
    package var algorithms: Set<SignatureAlgorithm>
    /// How far the issuer's clock may be from ours, in microseconds.
    package var skew: Int64

    /// Creates rules.
    package init(issuer: String, audiences: Set<String>, algorithms: Set<SignatureAlgorithm>, skew: Int64) {
        (self.issuer, self.audiences, self.algorithms, self.skew) = (issuer, audiences, algorithms, skew)
    }

    /// What belongs to one sign-in.
    package struct SignIn: Sendable, Hashable {
        /// The client to which the token was issued.
        package let client: String
        /// What the sign-in gave the issuer to repeat.
        package let nonce: String

        package init(client: String, nonce: String) { (self.client, self.nonce) = (client, nonce) }
    }

    /// Checks a token.
    ///
    /// - Parameters:
    ///   - token: the token.
    ///   - keys: the issuer's keys.
    ///   - signIn: for the token of a sign-in, the client and the nonce (OpenID Connect Core, section 3.1.3.7).
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: what it says.
    /// - Throws: ``TokenRefusal``.
    package func claims(
        of token: CompactToken,
        keys: KeySet,
        signIn: SignIn? = nil,
        now: Int64
    ) throws(TokenRefusal) -> IdentityClaims {
        guard token.type.map(Self.types.contains) ?? true else {
            throw TokenRefusal(
                .claims,
                "tokens of the type \(TokenRefusal.shown(token.type ?? "")) do not say who somebody is"
            )
        }
        try keys.verify(token, allowing: algorithms)
        let claims = try IdentityClaims(token.payload)
        guard claims.issuer == issuer else { throw TokenRefusal(.issuer, "the token is from another issuer") }
        try checkAudience(claims, signIn)
        try checkTimes(claims, now)
        if let signIn {
            guard claims.nonce == signIn.nonce else {
                throw TokenRefusal(.nonce, "the token does not belong to this sign-in")
            }
        }
        return claims
    }

    private func checkAudience(_ claims: IdentityClaims, _ signIn: SignIn?) throws(TokenRefusal) {
        guard let signIn else {
            guard !audiences.isDisjoint(with: claims.audiences) else {
                throw TokenRefusal(.audience, "the token is for somebody else: none of its audiences is accepted")
            }
            return
        }
        let party = claims.authorizedParty
        guard claims.audiences.contains(signIn.client),
            party.map({ $0 == signIn.client }) ?? (claims.audiences.count == 1)
        else { throw TokenRefusal(.audience, "the token was issued to another client") }
    }

    private func checkTimes(_ claims: IdentityClaims, _ now: Int64) throws(TokenRefusal) {
        guard now < claims.expiresAt + skew else { throw TokenRefusal(.expired, "the token has expired") }
        guard claims.issuedAt <= now + skew, claims.notBefore.map({ $0 <= now + skew }) ?? true else {
            throw TokenRefusal(.early, "the time of the token has not come; compare the clocks")
        }
        guard claims.issuedAt <= claims.expiresAt else {
            throw TokenRefusal(.claims, "the token expires before it is issued")
        }
    }
}
