/// Who did something, as the log names it.
///
/// Callers with a token are named with the token's id and the roles it had at that time; commands on the data folder with
/// the user of the operating system who ran them.
package struct AuditActor: Sendable, Hashable {
    /// The subject; for what no caller did, the part of the program: `command line`, `clock`, `retention`.
    package let name: String
    /// The id of the token that authenticated the subject.
    package let tokenID: String?
    /// The roles of the token, in order of their names.
    package let roles: [String]
    /// The user of the operating system, for what was done on the machine itself.
    package let systemUser: String?

    package init(_ name: String, tokenID: String? = nil, roles: some Sequence<String> = [], systemUser: String? = nil) {
        self.name = name
        self.tokenID = tokenID
        self.roles = roles.sorted()
        self.systemUser = systemUser
    }
}

extension AuditActor: ExpressibleByStringLiteral {
    /// An actor of whom no more is known than the name.
    package init(stringLiteral value: String) { self.init(value) }
}
