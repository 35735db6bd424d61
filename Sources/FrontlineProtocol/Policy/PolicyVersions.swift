public import JSONRPC
public import Vocabulary

/// Lists every version of a policy, newest first: which one is in force, and who rolled others back.
public enum PolicyVersions: FrontlineMethod {
    /// What `policy.versions` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The policy's name, which is that of its file without the extension.
        public var name: String

        /// Makes the value from its members.
        public init(name: String) {
            self.name = name
        }
    }

    /// What `policy.versions` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The versions.
        public var versions: [Version]
        /// The version in force.
        public var live: Int

        /// Makes the value from its members.
        public init(versions: [Version], live: Int) {
            self.versions = versions
            self.live = live
        }
    }

    /// One version of a policy.
    public struct Version: Codable, Sendable, Hashable {
        /// Its number, from 1.
        public var version: Int
        /// The hash of its source.
        public var sha256: String
        /// When it was published.
        public var at: Timestamp
        /// Who published it.
        public var by: String
        /// Why, when somebody said so; it begins with `published by force` when test cases failed.
        public var note: String?
        /// Whether it is the one in force.
        public var inForce: Bool
        /// Who rolled it back, when and why.
        public var withdrawn: VersionWithdrawal?

        /// Makes the value from its members.
        public init(
            version: Int,
            sha256: String,
            at: Timestamp,
            by: String,
            note: String? = nil,
            inForce: Bool,
            withdrawn: VersionWithdrawal? = nil
        ) {
            self.version = version
            self.sha256 = sha256
            self.at = at
            self.by = by
            self.note = note
            self.inForce = inForce
            self.withdrawn = withdrawn
        }
    }

    /// The name on the wire.
    public static let name = "policy.versions"
    /// The method in one line.
    public static let summary = "Lists every version of a policy, newest first"
    /// Who may call it.
    public static let access = MethodAccess.rulesReviewers
    /// What each parameter means.
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension"
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
