public import JSONRPC

/// Lists every version of a policy, newest first.
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
        public var versions: [VersionEntry]
        /// The version in force.
        public var live: Int

        /// Makes the value from its members.
        public init(versions: [VersionEntry], live: Int) {
            self.versions = versions
            self.live = live
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
