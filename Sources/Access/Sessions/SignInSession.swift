import AuditTrail
import Storage
import Vocabulary

/// Somebody who has signed in, by a browser or by a token of an issuer, and as whom they count for how long.
///
/// Times are microseconds since 1970.
package struct SignInSession: Sendable, Hashable {
    /// How somebody has signed in.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A browser, which shows the secret of the session with each request.
        case browser
        /// A client that shows a token of an issuer. There is one such session for a subject, which says what its newest token says.
        case bearer
    }

    /// How long sessions of browsers last.
    package struct Limits: Sendable, Hashable {
        /// Without a call.
        package var idle: Int64
        /// With or without calls.
        package var longest: Int64

        /// Half an hour without a call, and half a day altogether.
        package static let standard = Limits(idle: 1_800_000_000, longest: 43_200_000_000)

        package init(idle: Int64, longest: Int64) { (self.idle, self.longest) = (idle, longest) }
    }

    /// A name that is safe to show, such as `ses_3f9a12bc`.
    package let id: String
    package let kind: Kind
    /// Whom it authenticates.
    package let principal: Principal
    /// Who vouched for the subject: the address of an issuer, or the id of a sign-in link.
    package let origin: String
    package let createdAt: Int64
    /// When the issuer's newest token was issued; for browsers, when the session began.
    package let issuedAt: Int64
    /// When the last call was noted, which is up to half a minute ago.
    package let usedAt: Int64
    /// How long it lasts without a call; 0 for as long as it lasts at all.
    package let idle: Int64
    /// When it ends at the latest.
    package let expiresAt: Int64
    /// When it was ended by somebody.
    package let endedAt: Int64?

    /// Whether it is valid at the time `now`, when the last call was at `usedAt`.
    package func counts(at now: Int64, usedAt: Int64) -> Bool {
        endedAt == nil && now < expiresAt && (idle == 0 || now - usedAt < idle)
    }

    /// As what authenticates a caller.
    package var token: Token { token(until: expiresAt) }

    /// As what authenticates a caller until a time, in microseconds since 1970.
    package func token(until end: Int64) -> Token {
        Token(
            id: id,
            principal: principal,
            declaration: .none,
            createdAt: createdAt,
            expiresAt: end,
            revokedAt: endedAt
        )
    }

    /// The hash that the log vouches for: whom it authenticates, and until when.
    ///
    /// The end of a bearer's session moves with its tokens.
    func rowHash(secret: String?) throws -> String {
        AuditRowHash.hash([
            id, kind.rawValue, principal.subject, SessionTable.text(of: principal.roles),
            try principal.attributes.storedText(), origin, String(createdAt),
            kind == .browser ? String(expiresAt) : nil, endedAt.map(String.init), secret,
        ])
    }
}
