// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum AuditList: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var subject: String?
        public var action: String?
        public var object: String?
        public var since: Timestamp?
        public var until: Timestamp?
        public var limit: Int?
        public var cursor: Cursor?

        public init(
            subject: String? = nil,
            action: String? = nil,
            object: String? = nil,
            since: Timestamp? = nil,
            until: Timestamp? = nil,
            limit: Int? = nil,
            cursor: Cursor? = nil
        ) {
            self.subject = subject
            self.action = action
            self.object = object
            self.since = since
            self.until = until
            self.limit = limit
            self.cursor = cursor
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The entries.
        public var entries: [Entry]
        /// Where to go on; absent at the end.
        public var nextCursor: Cursor?

        public init(entries: [Entry], nextCursor: Cursor? = nil) {
            self.entries = entries
            self.nextCursor = nextCursor
        }
    }

    /// What a caller wrote.
    public struct Text: Codable, Sendable, Hashable {
        /// What became of it.
        public var state: AuditTextState
        /// What is left of it.
        public var text: String?
        /// How many bytes it had.
        public var length: Int
        /// The hash over a random salt and the text, which the entry seals.
        public var sha256: String

        public init(state: AuditTextState, text: String? = nil, length: Int, sha256: String) {
            self.state = state
            self.text = text
            self.length = length
            self.sha256 = sha256
        }
    }

    /// One change.
    public struct Entry: Codable, Sendable, Hashable {
        /// Its place in the chain, from 1.
        public var sequence: Int
        /// When it was written.
        public var at: Timestamp
        /// Who acted: a subject, or a part of the program such as `command line` or `clock`.
        public var actor: String
        /// The token that authenticated the subject.
        public var tokenId: String?
        /// The roles that the token had.
        public var roles: [String]?
        /// The user of the operating system, for what was done on the machine itself.
        public var systemUser: String?
        /// For whom an integration acted.
        public var onBehalfOf: String?
        /// What was done, such as `knowledge.retire`.
        public var action: String
        /// The id of the thing; of a customer a keyed hash.
        public var target: String
        /// The content hash before.
        public var before: String?
        /// The content hash after.
        public var after: String?
        /// What else the program noted.
        public var details: String?
        /// What the caller wrote: a reason or a note.
        public var text: Text?
        /// The hash that seals the entry and all before it.
        public var hash: String

        public init(
            sequence: Int,
            at: Timestamp,
            actor: String,
            tokenId: String? = nil,
            roles: [String]? = nil,
            systemUser: String? = nil,
            onBehalfOf: String? = nil,
            action: String,
            target: String,
            before: String? = nil,
            after: String? = nil,
            details: String? = nil,
            text: Text? = nil,
            hash: String
        ) {
            self.sequence = sequence
            self.at = at
            self.actor = actor
            self.tokenId = tokenId
            self.roles = roles
            self.systemUser = systemUser
            self.onBehalfOf = onBehalfOf
            self.action = action
            self.target = target
            self.before = before
            self.after = after
            self.details = details
            self.text = text
            self.hash = hash
        }
    }

    public static let name = "audit.list"
    public static let summary = "Lists who did what, oldest first"
    public static let access = MethodAccess.auditors
    public static let parameters = [
        "subject":
            "Only what this subject did or had done by an integration, or this user of the operating system",
        "action": "Only this action, such as `policy.publish`, or all of a module, such as `policy`",
        "object": "Only what was done to this thing: its id, or `customer:` and the customer's id",
        "since": "Only what was done at this moment or later",
        "until": "Only what was done before this moment",
        "limit": "How many at most; 100 unless given, from 1 to 1000",
        "cursor": "Where to go on, from `next_cursor`",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...1_000, path: "params.limit")
        try Limits.checkName(params.subject, path: "params.subject")
        try Limits.checkName(params.action, path: "params.action")
        try Limits.checkName(params.object, path: "params.object")
        if let since = params.since, let until = params.until, since >= until {
            throw .invalidParams(path: "params.until", expected: "a moment after `since`")
        }
    }
}
