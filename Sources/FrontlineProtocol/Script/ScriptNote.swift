public import JSONRPC

/// Writes a note to the current step.
///
/// The revision stays as it is.
public enum ScriptNote: FrontlineMethod {
    /// What `script.note` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The session.
        public var sessionId: String
        /// The note; what identifies a person is taken out.
        public var text: String

        /// Makes the value from its members.
        public init(sessionId: String, text: String) {
            self.sessionId = sessionId
            self.text = text
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    /// The name on the wire.
    public static let name = "script.note"
    /// The method in one line.
    public static let summary = "Writes a note to the current step"
    /// More about it.
    public static let details = """
        The revision stays as it is.
        """
    /// Who may call it.
    public static let access = MethodAccess.agents
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    /// What each parameter means.
    public static let parameters = [
        "session_id": "The session",
        "text": "The note; what identifies a person is taken out",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.text, path: "params.text")
    }
}
