// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ScriptVersions: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var scriptId: String

        public init(scriptId: String) {
            self.scriptId = scriptId
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The versions.
        public var versions: [Version]
        /// The version that those get who get no newer one.
        public var live: Int?

        public init(versions: [Version], live: Int? = nil) {
            self.versions = versions
            self.live = live
        }
    }

    /// One version and to whom it is given.
    public struct Version: Codable, Sendable, Hashable {
        /// Its number, from 1.
        public var version: Int
        /// The hash of its source.
        public var sha256: String
        /// When it was published.
        public var at: Timestamp
        /// Who published it.
        public var by: String
        /// Why, when somebody said so.
        public var note: String?
        /// Whether it is in force.
        public var status: ScriptVersionStatus
        /// The share of the agents that gets it, while it is in force.
        public var percent: Double?
        /// The teams that get it, when it is for some only.
        public var teams: [String]?
        /// Why it was withdrawn, when it was.
        public var withdrawn: VersionWithdrawal?
        /// How many sessions on it are not finished.
        public var openSessions: Int

        public init(
            version: Int,
            sha256: String,
            at: Timestamp,
            by: String,
            note: String? = nil,
            status: ScriptVersionStatus,
            percent: Double? = nil,
            teams: [String]? = nil,
            withdrawn: VersionWithdrawal? = nil,
            openSessions: Int
        ) {
            self.version = version
            self.sha256 = sha256
            self.at = at
            self.by = by
            self.note = note
            self.status = status
            self.percent = percent
            self.teams = teams
            self.withdrawn = withdrawn
            self.openSessions = openSessions
        }
    }

    public static let name = "script.versions"
    public static let summary = "Lists every version of a script, newest first, and to whom it is given"
    public static let access = MethodAccess.rulesReviewers
    public static let parameters = [
        "script_id": "The script's name, as its file says it"
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
