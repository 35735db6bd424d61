public import JSONRPC

/// Runs another script and then comes back to this step; recorded as a deviation.
///
/// Repeating the last accepted call answers its state; any other stale revision is a conflict, and nothing changes.
public enum ScriptDetour: FrontlineMethod {
    /// What `script.detour` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The session.
        public var sessionId: String
        /// The revision of the state that the caller has seen.
        public var revision: Int
        /// The other script.
        public var scriptId: String
        /// Why; recorded.
        public var reason: String

        /// Makes the value from its members.
        public init(sessionId: String, revision: Int, scriptId: String, reason: String) {
            self.sessionId = sessionId
            self.revision = revision
            self.scriptId = scriptId
            self.reason = reason
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    /// The name on the wire.
    public static let name = "script.detour"
    /// The method in one line.
    public static let summary = "Runs another script and then comes back to this step; recorded as a deviation"
    /// More about it.
    public static let details = """
        Repeating the last accepted call answers its state; any other stale revision is a conflict, and
        nothing changes.
        """
    /// Who may call it.
    public static let access = MethodAccess.agents
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    /// What each parameter means.
    public static let parameters = [
        "session_id": "The session",
        "revision": "The revision of the state that the caller has seen",
        "script_id": "The other script",
        "reason": "Why; recorded",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.revision, in: 0...Int(Int32.max), path: "params.revision")
        try Limits.check(params.reason, path: "params.reason")
    }
}
