/// The person or part of the program that made a change, as named in the log.
///
/// For callers with a token the log names the token's id and its roles at that time; for commands on the data folder,
/// the operating system user who ran them.
package struct AuditActor: Sendable, Hashable {
    /// The subject; for changes without a caller, the part of the program: `command line`, `clock`, `retention`.
    package let name: String
    /// The id of the token that authenticated the subject.
    package let tokenID: String?
    /// The roles of the token, sorted.
    package let roles: [String]
    /// The operating system user, for commands run on the machine itself.
    package let systemUser: String?

    package init(_ name: String, tokenID: String? = nil, roles: some Sequence<String> = [], systemUser: String? = nil) {
        self.name = name
        self.tokenID = tokenID
        self.roles = roles.sorted()
        self.systemUser = systemUser
    }
}

extension AuditActor: ExpressibleByStringLiteral {
    /// Creates an actor with only a name.
    package init(stringLiteral value: String) { self.init(value) }
}
