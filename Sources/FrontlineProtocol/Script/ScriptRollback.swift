// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum ScriptRollback: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var scriptId: String
        public var version: Int
        public var reason: String
        public var sessions: Sessions?

        public init(scriptId: String, version: Int, reason: String, sessions: Sessions? = nil) {
            self.scriptId = scriptId
            self.version = version
            self.reason = reason
            self.sessions = sessions
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The script's name.
        public var scriptId: String
        /// The version that is now in force.
        public var version: Int
        /// The hash of its source.
        public var sha256: String
        /// The versions that were withdrawn.
        public var withdrawn: [Int]
        /// How many open sessions were stopped.
        public var stopped: Int

        public init(scriptId: String, version: Int, sha256: String, withdrawn: [Int], stopped: Int) {
            self.scriptId = scriptId
            self.version = version
            self.sha256 = sha256
            self.withdrawn = withdrawn
            self.stopped = stopped
        }
    }

    /// What becomes of open sessions on a withdrawn version.
    public enum Sessions: String, Codable, Sendable, Hashable, CaseIterable {
        /// They finish on the version they began with.
        case finish
        /// They end at once and say so.
        case stop
    }

    public static let name = "script.rollback"
    public static let summary = "Puts an earlier version of a script in force again and withdraws what came after it"
    public static let access = MethodAccess.operations
    public static let parameters = [
        "script_id": "The script's name, as its file says it",
        "version": "The version that comes back",
        "reason": "Why; recorded",
        "sessions": "What becomes of open sessions on a withdrawn version: finish unless given",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.reason, path: "params.reason")
    }
}
