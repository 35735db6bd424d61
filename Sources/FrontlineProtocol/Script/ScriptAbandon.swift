public import JSONRPC

/// Ends the session before its end.
///
/// Abandoning an abandoned session answers its state.
public enum ScriptAbandon: FrontlineMethod {
    /// What `script.abandon` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The session.
        public var sessionId: String
        /// Why; recorded.
        public var reason: String

        /// Makes the value from its members.
        public init(sessionId: String, reason: String) {
            self.sessionId = sessionId
            self.reason = reason
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    /// The name on the wire.
    public static let name = "script.abandon"
    /// The method in one line.
    public static let summary = "Ends the session before its end"
    /// More about it.
    public static let details = """
        Abandoning an abandoned session answers its state.
        """
    /// Who may call it.
    public static let access = MethodAccess.agents
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    /// What each parameter means.
    public static let parameters = [
        "session_id": "The session",
        "reason": "Why; recorded",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.reason, path: "params.reason")
    }
}
