public import JSONRPC
public import Vocabulary

/// Answers the current step and goes on.
///
/// Repeating the last accepted call answers its state; any other stale revision is a conflict, and nothing changes.
public enum ScriptAdvance: FrontlineMethod {
    /// What `script.advance` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The session.
        public var sessionId: String
        /// The revision of the state that the caller has seen.
        public var revision: Int
        /// The answer: a value of the type of the step, one of its choices, or what became of an action: {ok, result?, error?}.
        public var value: JSON?

        /// Makes the value from its members.
        public init(sessionId: String, revision: Int, value: JSON? = nil) {
            self.sessionId = sessionId
            self.revision = revision
            self.value = value
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    /// The name on the wire.
    public static let name = "script.advance"
    /// The method in one line.
    public static let summary = "Answers the current step and goes on"
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
        "value":
            "The answer: a value of the type of the step, one of its choices, or what became of an action: {ok, result?, error?}",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.revision, in: 0...Int(Int32.max), path: "params.revision")
    }
}
