package import Access
package import IdentityTokens
package import Vocabulary

/// The published rules of sign-in: which tokens of the issuer count, and who somebody is by their claims.
///
/// ## Topics
/// - ``init(yaml:file:)``
/// - ``principal(of:)``
package struct SignInBook: Sendable, Hashable {
    /// What a file may contain.
    package enum Limits {
        package static let bytes = 256 << 10
        package static let roles = 200
        package static let attributes = 50
        package static let values = 500
        package static let audiences = 50
        package static let scopes = 50
    }

    /// Where a claim is: its name, or the names of nested ones from the outside in.
    package typealias Path = [String]

    /// Which claim names the subject.
    package struct Subject: Sendable, Hashable {
        package var claim: Path
        /// What stands before it, so that people of the issuer are told from the subjects of tokens.
        package var prefix: String
    }

    /// Who holds a role.
    package struct RoleRule: Sendable, Hashable {
        package let claim: Path
        /// The value that the claim has or that is among its values.
        package let value: String
        package let role: Role
    }

    /// Where the values of an attribute come from.
    package struct AttributeRule: Sendable, Hashable {
        package let name: String
        package let claim: Path
        /// Only values that begin so count, without the beginning.
        package var beginning: String?
        /// What values of the claim stand for, others not counting; nil for themselves.
        package var meanings: [String: String]?
        /// The value where the claim gives none.
        package var otherwise: String?
    }

    /// What is asked of the issuer.
    package var scopes: [String]
    /// For whom tokens may be, beside this client and this server.
    package var audiences: [String]
    package var algorithms: Set<SignatureAlgorithm>
    /// How far the clocks may differ, in microseconds.
    package var clockSkew: Int64
    package var subject: Subject
    package var roles: [RoleRule]
    /// Sorted by name.
    package var attributes: [AttributeRule]
    /// How long sessions of browsers last.
    package var sessions: SignInSession.Limits

    /// The rules where none are published: nobody holds a role.
    package static let empty = SignInBook(
        scopes: ["openid"],
        audiences: [],
        algorithms: [.rs256, .ps256, .es256, .edDSA],
        clockSkew: 60_000_000,
        subject: Subject(claim: ["sub"], prefix: ""),
        roles: [],
        attributes: [],
        sessions: .standard
    )

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - yaml: its text.
    ///   - file: its name in findings.
    /// - Throws: ``SignInError`` `invalid` with every mistake and its place.
    package init(yaml: String, file: String) throws(SignInError) {
        self = try SignInReader(file: file).read(yaml)
    }

    init(
        scopes: [String],
        audiences: [String],
        algorithms: Set<SignatureAlgorithm>,
        clockSkew: Int64,
        subject: Subject,
        roles: [RoleRule],
        attributes: [AttributeRule],
        sessions: SignInSession.Limits
    ) {
        (self.scopes, self.audiences, self.algorithms, self.clockSkew) = (scopes, audiences, algorithms, clockSkew)
        (self.subject, self.roles, self.sessions) = (subject, roles, sessions)
        self.attributes = attributes.sorted { $0.name < $1.name }
    }
}
