public import JSONRPC

/// Answers where a session stands.
public enum ScriptStateGet: FrontlineMethod {
    /// What `script.state` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The session.
        public var sessionId: String

        /// Makes the value from its members.
        public init(sessionId: String) {
            self.sessionId = sessionId
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    /// The name on the wire.
    public static let name = "script.state"
    /// The method in one line.
    public static let summary = "Answers where a session stands"
    /// Who may call it.
    public static let access = MethodAccess.sessionReaders
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    /// What each parameter means.
    public static let parameters = [
        "session_id": "The session"
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
