// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum PolicyVersions: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var name: String

        public init(name: String) {
            self.name = name
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The versions.
        public var versions: [Version]
        /// The version in force.
        public var live: Int

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

    public static let name = "policy.versions"
    public static let summary = "Lists every version of a policy, newest first"
    public static let access = MethodAccess.rulesReviewers
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension"
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}

public enum PolicyCompare: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var name: String
        public var from: Int
        public var to: Int

        public init(name: String, from: Int, to: Int) {
            self.name = name
            self.from = from
            self.to = to
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// What changed, one sentence each, in the order of the later version; empty when nothing did.
        public var changes: [String]

        public init(changes: [String]) {
            self.changes = changes
        }
    }

    public static let name = "policy.compare"
    public static let summary = "Tells what changed between two versions of a policy, in words"
    public static let details = """
        Decision tables are compared rule by rule and cell by cell, other expressions by their text, signals pattern by
        pattern. Layout, comments and the order of elements do not count.
        """
    public static let access = MethodAccess.rulesKeepers
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension",
        "from": "The version before",
        "to": "The version after",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
