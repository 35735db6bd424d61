// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum ScriptRollout: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var scriptId: String
        public var version: Int
        public var percent: Double?
        public var teams: [String]?
        public var force: Bool?

        public init(
            scriptId: String,
            version: Int,
            percent: Double? = nil,
            teams: [String]? = nil,
            force: Bool? = nil
        ) {
            self.scriptId = scriptId
            self.version = version
            self.percent = percent
            self.teams = teams
            self.force = force
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The script's name.
        public var scriptId: String
        /// The version.
        public var version: Int
        /// The share of the agents that gets it.
        public var percent: Double
        /// The teams that get it; all when absent.
        public var teams: [String]?

        public init(scriptId: String, version: Int, percent: Double, teams: [String]? = nil) {
            self.scriptId = scriptId
            self.version = version
            self.percent = percent
            self.teams = teams
        }
    }

    public static let name = "script.rollout"
    public static let summary = "Changes to whom a version of a script is given"
    public static let details = """
        Without `percent` and `teams` everybody gets it. A share of 0 takes it back from everybody. The others
        keep what they had; a change that would leave somebody without any version is a conflict. While the calendar
        freezes scripts, only a share of 0 is possible unless it is forced.
        """
    public static let access = MethodAccess.operations
    public static let parameters = [
        "script_id": "The script's name, as its file says it",
        "version": "The version",
        "percent": "To which share of the agents, from 0 to 100; stable per agent",
        "teams": "To agents of these teams only",
        "force": "Whether it is done during a freeze of the calendar; recorded in the audit log",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.version, in: 1...Int(Int32.max), path: "params.version")
        try ScriptRolloutShare(percent: params.percent, teams: params.teams).validate(path: "params")
    }
}

/// To whom a version of a script is given.
///
/// With both members it is a share of the agents of these teams. The share is stable: an agent who gets a version keeps
/// it as the share grows.
public struct ScriptRolloutShare: Codable, Sendable, Hashable {
    private static let maximumTeams = 100

    /// The share of the agents, from 0 to 100; all unless given.
    public var percent: Double?
    /// The teams; all unless given.
    public var teams: [String]?

    /// Makes the value from its members.
    public init(percent: Double? = nil, teams: [String]? = nil) {
        self.percent = percent
        self.teams = teams
    }

    /// Fails for a share out of range and for an empty or overlong list of teams.
    ///
    /// - Throws: `RPCError` naming the member under `path`.
    public func validate(path: String) throws(RPCError) {
        if let percent, !(0...100).contains(percent) {
            throw .invalidParams(path: path + ".percent", expected: "a number from 0 to 100")
        }
        guard let teams else { return }
        guard (1...Self.maximumTeams).contains(teams.count), teams.allSatisfy(Self.isName) else {
            throw .invalidParams(path: path + ".teams", expected: "1 to \(Self.maximumTeams) names of teams")
        }
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
    }
}
