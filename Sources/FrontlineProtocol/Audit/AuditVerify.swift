// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum AuditVerify: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var head: String?

        public init(head: String? = nil) { self.head = head }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// Whether every entry is as it was written and in its place, a noted head is among them, and the rows that
        /// the log vouches for are as it says.
        public var ok: Bool
        /// How many there are.
        public var entries: Int
        /// The hash of the last entry; note it elsewhere to prove later that nothing was changed.
        public var head: String
        /// The first entry that is changed, missing or out of order.
        public var firstBad: Int?
        /// The entry whose hash is the noted head; absent when none has it.
        public var headAt: Int?
        /// How many rows of each kind were compared with the log.
        public var rows: [String: Int]
        /// Rows that are not as the log says; the first hundred of each kind.
        public var changed: [Changed]

        public init(
            ok: Bool,
            entries: Int,
            head: String,
            firstBad: Int? = nil,
            headAt: Int? = nil,
            rows: [String: Int],
            changed: [Changed]
        ) {
            self.ok = ok
            self.entries = entries
            self.head = head
            self.firstBad = firstBad
            self.headAt = headAt
            self.rows = rows
            self.changed = changed
        }
    }

    /// A row that is not as the log says.
    public struct Changed: Codable, Sendable, Hashable {
        /// What it is: `article`, `policy`, `resolution`, `token`, `version`.
        public var kind: String
        /// Its id.
        public var id: String
        /// What is wrong with it.
        public var problem: String

        public init(kind: String, id: String, problem: String) {
            self.kind = kind
            self.id = id
            self.problem = problem
        }
    }

    public static let name = "audit.verify"
    public static let summary = "Recomputes the chain of changes and compares it with what is stored"
    public static let access = MethodAccess.auditors
    public static let parameters = [
        "head": "A head that was noted earlier: fails unless an entry has this hash"
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        guard let head = params.head else { return }
        guard head.utf8.count == 64, head.allSatisfy(\.isHexDigit) else {
            throw .invalidParams(path: "params.head", expected: "a hash of 64 hexadecimal digits")
        }
    }
}
