public import JSONRPC

/// Lists the policies in force.
public enum PolicyList: FrontlineMethod {
    /// An empty object.
    public typealias Params = NoParams

    /// What `policy.list` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The policies, in the order of their names.
        public var policies: [Policy]

        /// Makes the value from its members.
        public init(policies: [Policy]) {
            self.policies = policies
        }
    }

    /// One policy.
    public struct Policy: Codable, Sendable, Hashable {
        /// The policy's name.
        public var name: String
        /// The version in force.
        public var version: Int
        /// The hash of its source.
        public var sha256: String
        /// The decisions it answers.
        public var decisions: [String]

        /// Makes the value from its members.
        public init(name: String, version: Int, sha256: String, decisions: [String]) {
            self.name = name
            self.version = version
            self.sha256 = sha256
            self.decisions = decisions
        }
    }

    /// The name on the wire.
    public static let name = "policy.list"
    /// The method in one line.
    public static let summary = "Lists the policies in force"
    /// Who may call it.
    public static let access = MethodAccess.rulesReviewers
}
