// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum SessionRevoke: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var signInId: String?
        public var subject: String?
        public var reason: String

        public init(signInId: String? = nil, subject: String? = nil, reason: String) {
            self.signInId = signInId
            self.subject = subject
            self.reason = reason
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// How many sessions were ended.
        public var ended: Int

        public init(ended: Int) { self.ended = ended }
    }

    public static let name = "session.revoke"
    public static let summary = "Ends one session, or all of a subject, at once and on every connection"
    public static let details = """
        Tokens of the issuer that were issued to the subject before do not count any more. Whoever may still sign in at the issuer can do \
        so again; tokens of `frontline token create` are revoked by `frontline token revoke`.
        """
    public static let access = MethodAccess.administrators
    public static let parameters = [
        "sign_in_id": "The session, from `session.list`; either this or `subject` is given",
        "subject": "Whose sessions are ended, all of them",
        "reason": "Why, for the audit log",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]

    public static func validate(_ params: Params) throws(RPCError) {
        guard (params.signInId == nil) != (params.subject == nil) else {
            throw .invalidParams(path: "params", expected: "either sign_in_id or subject")
        }
        try Limits.checkName(params.signInId, path: "params.sign_in_id")
        try Limits.checkName(params.subject, path: "params.subject")
        try Limits.check(params.reason, path: "params.reason")
    }
}
