// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum PolicyList: FrontlineMethod {
    public typealias Params = NoParams

    public struct Result: Codable, Sendable, Hashable {
        /// The policies, in the order of their names.
        public var policies: [Policy]

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

        public init(name: String, version: Int, sha256: String, decisions: [String]) {
            self.name = name
            self.version = version
            self.sha256 = sha256
            self.decisions = decisions
        }
    }

    public static let name = "policy.list"
    public static let summary = "Lists the policies in force"
    public static let access = MethodAccess.rulesReviewers
}

public enum PolicyGet: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var name: String
        public var version: Int?

        public init(name: String, version: Int? = nil) {
            self.name = name
            self.version = version
        }
    }

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

    public static let name = "policy.get"
    public static let summary = "Reads a policy as it was written"
    public static let access = MethodAccess.rulesKeepers
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension",
        "version": "The version; the one in force unless given",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
