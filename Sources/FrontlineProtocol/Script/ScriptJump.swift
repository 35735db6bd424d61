public import JSONRPC

/// Jumps to another step; recorded as a deviation.
///
/// Required steps cannot be jumped over without a supervisor. Repeating the last accepted call answers its state; any
/// other stale revision is a conflict, and nothing changes.
public enum ScriptJump: FrontlineMethod {
    /// What `script.jump` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The session.
        public var sessionId: String
        /// The revision of the state that the caller has seen.
        public var revision: Int
        /// The step to go to.
        public var step: String
        /// Why; recorded.
        public var reason: String

        /// Makes the value from its members.
        public init(sessionId: String, revision: Int, step: String, reason: String) {
            self.sessionId = sessionId
            self.revision = revision
            self.step = step
            self.reason = reason
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    /// The name on the wire.
    public static let name = "script.jump"
    /// The method in one line.
    public static let summary = "Jumps to another step; recorded as a deviation"
    /// More about it.
    public static let details = """
        Required steps cannot be jumped over without a supervisor. Repeating the last accepted call answers
        its state; any other stale revision is a conflict, and nothing changes.
        """
    /// Who may call it.
    public static let access = MethodAccess.agents
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    /// What each parameter means.
    public static let parameters = [
        "session_id": "The session",
        "revision": "The revision of the state that the caller has seen",
        "step": "The step to go to",
        "reason": "Why; recorded",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.revision, in: 0...Int(Int32.max), path: "params.revision")
        try Limits.check(params.reason, path: "params.reason")
    }
}
