public import JSONRPC

/// Checks a script, runs its cases and puts it in force.
///
/// A script with errors or with a case that fails is refused with -32602 and `details`, a list of what is wrong and
/// where. The same source again, while it is in force, makes no new version.
public enum ScriptPublish: FrontlineMethod {
    /// What `script.publish` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The script in YAML.
        public var source: String
        /// Why; recorded.
        public var note: String?
        /// To whom; to everybody at once unless given.
        public var rollout: ScriptRolloutShare?

        /// Makes the value from its members.
        public init(source: String, note: String? = nil, rollout: ScriptRolloutShare? = nil) {
            self.source = source
            self.note = note
            self.rollout = rollout
        }
    }

    /// What `script.publish` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The script's name.
        public var scriptId: String
        /// The version that is now in force.
        public var version: Int
        /// The hash of its source.
        public var sha256: String
        /// What its author should look at.
        public var warnings: [String]

        /// Makes the value from its members.
        public init(scriptId: String, version: Int, sha256: String, warnings: [String]) {
            self.scriptId = scriptId
            self.version = version
            self.sha256 = sha256
            self.warnings = warnings
        }
    }

    /// The name on the wire.
    public static let name = "script.publish"
    /// The method in one line.
    public static let summary = "Checks a script, runs its cases and puts it in force"
    /// More about it.
    public static let details = """
        A script with errors or with a case that fails is refused with -32602 and `details`, a list of what is
        wrong and where. The same source again, while it is in force, makes no new version.
        """
    /// Who may call it.
    public static let access = MethodAccess.operations
    /// What each parameter means.
    public static let parameters = [
        "source": "The script in YAML",
        "note": "Why; recorded",
        "rollout": "To whom; to everybody at once unless given",
    ]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try params.rollout?.validate(path: "params.rollout")
    }
}
