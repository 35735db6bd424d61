// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum SessionAuthenticate: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var token: String
        public var client: String?

        public init(token: String, client: String? = nil) {
            self.token = token
            self.client = client
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The subject that the token authenticates.
        public var subject: String
        /// The roles the subject holds, sorted.
        public var roles: [Role]
        /// What rules and restrictions read, such as `tier` and `team`.
        public var attributes: [String: AttributeValue]
        /// When the token expires; of an issuer's token, with the difference that clocks may have.
        public var expiresAt: Timestamp?

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

    public static let name = "session.authenticate"
    public static let summary = "Says who is calling; a barrier for what follows it on the connection"
    public static let access = MethodAccess.anyone
    public static let parameters = [
        "token":
            "The token, as `frontline token create` printed it, or a signed token (JWT) of the issuer that is configured",
        "client": "The program that calls, for the server's log",
    ]
    public static let errors: [RPCErrorDefinition] = [.unauthenticated, .forbidden]
}
