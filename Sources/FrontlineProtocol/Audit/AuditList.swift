public import JSONRPC

/// Lists what was changed, oldest first.
public enum AuditList: FrontlineMethod {
    /// What `audit.list` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// Only what was changed at this moment or later.
        public var since: Timestamp?
        /// How many at most; 100 unless given, from 1 to 1000.
        public var limit: Int?
        /// Where to go on, from `next_cursor`.
        public var cursor: String?

        /// Makes the value from its members.
        public init(since: Timestamp? = nil, limit: Int? = nil, cursor: String? = nil) {
            self.since = since
            self.limit = limit
            self.cursor = cursor
        }
    }

    /// What `audit.list` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The entries.
        public var entries: [Entry]
        /// Where to go on; absent at the end.
        public var nextCursor: String?

        /// Makes the value from its members.
        public init(entries: [Entry], nextCursor: String? = nil) {
            self.entries = entries
            self.nextCursor = nextCursor
        }
    }

    /// One change.
    public struct Entry: Codable, Sendable, Hashable {
        /// Its place in the chain, from 1.
        public var sequence: Int
        /// When it was written.
        public var at: Timestamp
        /// Who acted.
        public var actor: String
        /// What was done, such as `knowledge.retire`.
        public var action: String
        /// The id of the thing.
        public var target: String
        /// The content hash before.
        public var before: String?
        /// The content hash after.
        public var after: String?
        /// A reason or note.
        public var details: String?
        /// The hash that seals the entry and all before it.
        public var hash: String

        /// Makes the value from its members.
        public init(
            sequence: Int,
            at: Timestamp,
            actor: String,
            action: String,
            target: String,
            before: String? = nil,
            after: String? = nil,
            details: String? = nil,
            hash: String
        ) {
            self.sequence = sequence
            self.at = at
            self.actor = actor
            self.action = action
            self.target = target
            self.before = before
            self.after = after
            self.details = details
            self.hash = hash
        }
    }

    /// The name on the wire.
    public static let name = "audit.list"
    /// The method in one line.
    public static let summary = "Lists what was changed, oldest first"
    /// Who may call it.
    public static let access = MethodAccess.auditors
    /// What each parameter means.
    public static let parameters = [
        "since": "Only what was changed at this moment or later",
        "limit": "How many at most; 100 unless given, from 1 to 1000",
        "cursor": "Where to go on, from `next_cursor`",
    ]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...1_000, path: "params.limit")
    }
}
