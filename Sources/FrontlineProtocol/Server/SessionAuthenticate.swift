public import JSONRPC
public import Vocabulary

/// Says who is calling; a barrier for what follows it on the connection.
public enum SessionAuthenticate: FrontlineMethod {
    /// What `session.authenticate` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The token, as `frontline token create` printed it.
        public var token: String
        /// The program that calls, for the server's log.
        public var client: String?

        /// Makes the value from its members.
        public init(token: String, client: String? = nil) {
            self.token = token
            self.client = client
        }
    }

    /// What `session.authenticate` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// Whom the token authenticates.
        public var subject: String
        /// The roles the subject holds, sorted.
        public var roles: [Role]
        /// What rules and restrictions read, such as `tier` and `team`.
        public var attributes: [String: AttributeValue]
        /// When the token expires.
        public var expiresAt: Timestamp?

        /// Makes the value from its members.
        public init(
            subject: String,
            roles: [Role],
            attributes: [String: AttributeValue],
            expiresAt: Timestamp? = nil
        ) {
            self.subject = subject
            self.roles = roles
            self.attributes = attributes
            self.expiresAt = expiresAt
        }
    }

    /// The name on the wire.
    public static let name = "session.authenticate"
    /// The method in one line.
    public static let summary = "Says who is calling; a barrier for what follows it on the connection"
    /// Who may call it.
    public static let access = MethodAccess.anyone
    /// What each parameter means.
    public static let parameters = [
        "token": "The token, as `frontline token create` printed it",
        "client": "The program that calls, for the server's log",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.unauthenticated]
}
