// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum IntegrationList: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var ended: Bool?
        public var limit: Int?
        public var cursor: Cursor?

        public init(ended: Bool? = nil, limit: Int? = nil, cursor: Cursor? = nil) {
            self.ended = ended
            self.limit = limit
            self.cursor = cursor
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The tokens, oldest first.
        public var integrations: [Integration]
        /// Where to go on; absent at the end.
        public var nextCursor: Cursor?

        public init(integrations: [Integration], nextCursor: Cursor? = nil) {
            self.integrations = integrations
            self.nextCursor = nextCursor
        }
    }

    /// Where a token stands.
    public enum Status: String, Codable, Sendable, Hashable, CaseIterable {
        /// It counts.
        case valid
        /// Its time is over.
        case expired
        /// It was revoked.
        case revoked
    }

    /// A token of an integration.
    public struct Integration: Codable, Sendable, Hashable {
        /// The token, as the audit log names it.
        public var tokenId: String
        /// Whom it authenticates.
        public var subject: String
        /// Its roles.
        public var roles: [Role]
        /// Who answers for it.
        public var owner: String?
        /// What it is for.
        public var purpose: String?
        /// The methods it was declared for, `NOUN.*` being all of a noun and `*` all that its roles may call; absent
        /// where nothing was declared, which is the same as `*`.
        public var allowed: [String]?
        /// What was called with it, by name.
        public var used: [Use]
        /// What it was declared for and never used for; absent where nothing was declared.
        public var unused: [String]?
        /// Where it stands.
        public var status: Status
        /// When it was created.
        public var createdAt: Timestamp
        /// When it expires; absent for never.
        public var expiresAt: Timestamp?

        public init(
            tokenId: String,
            subject: String,
            roles: [Role],
            owner: String? = nil,
            purpose: String? = nil,
            allowed: [String]? = nil,
            used: [Use],
            unused: [String]? = nil,
            status: Status,
            createdAt: Timestamp,
            expiresAt: Timestamp? = nil
        ) {
            self.tokenId = tokenId
            self.subject = subject
            self.roles = roles
            self.owner = owner
            self.purpose = purpose
            self.allowed = allowed
            self.used = used
            self.unused = unused
            self.status = status
            self.createdAt = createdAt
            self.expiresAt = expiresAt
        }
    }

    /// How often a method was called with a token.
    public struct Use: Codable, Sendable, Hashable {
        /// The method.
        public var method: String
        /// Calls that were let through.
        public var calls: Int
        /// Calls that were refused because the token is not declared for the method; absent for none.
        public var refused: Int?
        /// When the last of them came.
        public var lastAt: Timestamp

        public init(method: String, calls: Int, refused: Int? = nil, lastAt: Timestamp) {
            self.method = method
            self.calls = calls
            self.refused = refused
            self.lastAt = lastAt
        }
    }

    public static let name = "integration.list"
    public static let summary = "Lists the tokens of integrations: what they are declared for and what they called"
    public static let details = """
        Owner, purpose and methods are declared by `frontline token create`. Calls are counted for tokens of the role
        `integration`; a server that is killed loses the counts of its last seconds.
        """
    public static let access = MethodAccess.integrationReviewers
    public static let parameters = [
        "ended": "Whether tokens that are expired or revoked are listed as well; not unless given",
        "limit": "How many at most; 50 unless given, from 1 to 200",
        "cursor": "Where to go on, from `next_cursor`",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...200, path: "params.limit")
    }
}
