// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum SessionList: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var subject: String?
        public var ended: Bool?
        public var limit: Int?
        public var cursor: Cursor?

        public init(subject: String? = nil, ended: Bool? = nil, limit: Int? = nil, cursor: Cursor? = nil) {
            self.subject = subject
            self.ended = ended
            self.limit = limit
            self.cursor = cursor
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The sessions, newest first.
        public var sessions: [SignIn]
        /// Where to go on; absent at the end.
        public var nextCursor: Cursor?

        public init(sessions: [SignIn], nextCursor: Cursor? = nil) {
            self.sessions = sessions
            self.nextCursor = nextCursor
        }
    }

    /// How somebody has signed in.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        /// By a browser.
        case browser
        /// By tokens of the issuer; there is one such session for a subject.
        case bearer
    }

    /// The session of somebody who has signed in.
    public struct SignIn: Codable, Sendable, Hashable {
        /// The session, as the audit log names it.
        public var signInId: String
        /// How it began.
        public var kind: Kind
        /// Whom it authenticates.
        public var subject: String
        /// The roles of the subject.
        public var roles: [Role]
        /// What rules and restrictions read, such as `tier` and `team`.
        public var attributes: [String: AttributeValue]
        /// Who vouched for the subject: the issuer, or the id of a sign-in link.
        public var origin: String
        /// When it began.
        public var createdAt: Timestamp
        /// When it was last used, which other servers tell half a minute late.
        public var usedAt: Timestamp
        /// When it ends at the latest.
        public var expiresAt: Timestamp
        /// When somebody ended it.
        public var endedAt: Timestamp?

        public init(
            signInId: String,
            kind: Kind,
            subject: String,
            roles: [Role],
            attributes: [String: AttributeValue],
            origin: String,
            createdAt: Timestamp,
            usedAt: Timestamp,
            expiresAt: Timestamp,
            endedAt: Timestamp? = nil
        ) {
            self.signInId = signInId
            self.kind = kind
            self.subject = subject
            self.roles = roles
            self.attributes = attributes
            self.origin = origin
            self.createdAt = createdAt
            self.usedAt = usedAt
            self.expiresAt = expiresAt
            self.endedAt = endedAt
        }
    }

    public static let name = "session.list"
    public static let summary = "Lists who is signed in by a browser or by tokens of the issuer"
    public static let access = MethodAccess.sessionReviewers
    public static let parameters = [
        "subject": "Whose sessions are listed; everybody's unless given",
        "ended": "Whether sessions that are over are listed as well, which are kept for a month; not unless given",
        "limit": "How many at most; 50 unless given, from 1 to 200",
        "cursor": "Where to go on, from `next_cursor`",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.subject, path: "params.subject")
        try Limits.check(params.limit, in: 1...200, path: "params.limit")
    }
}
