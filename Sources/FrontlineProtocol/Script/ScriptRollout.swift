public import JSONRPC

/// Changes to whom a version of a script is given.
///
/// Without `percent` and `teams` everybody gets it. A share of 0 takes it back from everybody. The others keep what
/// they had; a change that would leave somebody without any version is a conflict.
public enum ScriptRollout: FrontlineMethod {
    /// What `script.rollout` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The script's name, as its file says it.
        public var scriptId: String
        /// The version.
        public var version: Int
        /// To which share of the agents, from 0 to 100; stable per agent.
        public var percent: Double?
        /// To agents of these teams only.
        public var teams: [String]?

        /// Makes the value from its members.
        public init(scriptId: String, version: Int, percent: Double? = nil, teams: [String]? = nil) {
            self.scriptId = scriptId
            self.version = version
            self.percent = percent
            self.teams = teams
        }
    }

    /// What `script.rollout` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The script's name.
        public var scriptId: String
        /// The version.
        public var version: Int
        /// The share of the agents that gets it.
        public var percent: Double
        /// The teams that get it; all when absent.
        public var teams: [String]?

        /// Makes the value from its members.
        public init(scriptId: String, version: Int, percent: Double, teams: [String]? = nil) {
            self.scriptId = scriptId
            self.version = version
            self.percent = percent
            self.teams = teams
        }
    }

    /// The name on the wire.
    public static let name = "script.rollout"
    /// The method in one line.
    public static let summary = "Changes to whom a version of a script is given"
    /// More about it.
    public static let details = """
        Without `percent` and `teams` everybody gets it. A share of 0 takes it back from everybody. The others
        keep what they had; a change that would leave somebody without any version is a conflict.
        """
    /// Who may call it.
    public static let access = MethodAccess.operations
    /// What each parameter means.
    public static let parameters = [
        "script_id": "The script's name, as its file says it",
        "version": "The version",
        "percent": "To which share of the agents, from 0 to 100; stable per agent",
        "teams": "To agents of these teams only",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.version, in: 1...Int(Int32.max), path: "params.version")
        try ScriptRolloutShare(percent: params.percent, teams: params.teams).validate(path: "params")
    }
}
