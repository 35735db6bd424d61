public import JSONRPC

/// Puts an earlier version in force again.
public enum PolicyRollback: FrontlineMethod {
    /// What `policy.rollback` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The policy's name, which is that of its file without the extension.
        public var name: String
        /// The version that comes back.
        public var version: Int
        /// Why; recorded.
        public var reason: String

        /// Makes the value from its members.
        public init(name: String, version: Int, reason: String) {
            self.name = name
            self.version = version
            self.reason = reason
        }
    }

    /// What `policy.rollback` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The policy's name, which is that of its file without the extension.
        public var name: String
        /// The version that is now in force.
        public var version: Int
        /// The hash of its source.
        public var sha256: String

        /// Makes the value from its members.
        public init(name: String, version: Int, sha256: String) {
            self.name = name
            self.version = version
            self.sha256 = sha256
        }
    }

    /// The name on the wire.
    public static let name = "policy.rollback"
    /// The method in one line.
    public static let summary = "Puts an earlier version in force again"
    /// Who may call it.
    public static let access = MethodAccess.operations
    /// What each parameter means.
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension",
        "version": "The version that comes back",
        "reason": "Why; recorded",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.reason, path: "params.reason")
    }
}
