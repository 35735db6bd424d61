public import JSONRPC

/// Reads a policy as it was written: the version in force, or an earlier one.
public enum PolicyGet: FrontlineMethod {
    /// What `policy.get` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The policy's name, which is that of its file without the extension.
        public var name: String
        /// The version; the one in force unless given.
        public var version: Int?

        /// Makes the value from its members.
        public init(name: String, version: Int? = nil) {
            self.name = name
            self.version = version
        }
    }

    /// What `policy.get` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The policy's name.
        public var name: String
        /// The version.
        public var version: Int
        /// The hash of its source.
        public var sha256: String
        /// Whether it is the version in force.
        public var inForce: Bool
        /// The model, a DMN document; for `signals` a file of signals.
        public var source: String
        /// The decisions it answers; for `signals` the kinds of signals it finds.
        public var decisions: [String]

        /// Makes the value from its members.
        public init(
            name: String,
            version: Int,
            sha256: String,
            inForce: Bool,
            source: String,
            decisions: [String]
        ) {
            self.name = name
            self.version = version
            self.sha256 = sha256
            self.inForce = inForce
            self.source = source
            self.decisions = decisions
        }
    }

    /// The name on the wire.
    public static let name = "policy.get"
    /// The method in one line.
    public static let summary = "Reads a policy as it was written"
    /// Who may call it.
    public static let access = MethodAccess.rulesKeepers
    /// What each parameter means.
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension",
        "version": "The version; the one in force unless given",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
