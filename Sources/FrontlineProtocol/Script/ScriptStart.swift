// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ScriptStart: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var scriptId: String
        public var version: Int?
        public var sessionId: String?
        public var conversationId: String?
        public var locale: String?
        public var context: JSON?

        public init(
            scriptId: String,
            version: Int? = nil,
            sessionId: String? = nil,
            conversationId: String? = nil,
            locale: String? = nil,
            context: JSON? = nil
        ) {
            self.scriptId = scriptId
            self.version = version
            self.sessionId = sessionId
            self.conversationId = conversationId
            self.locale = locale
            self.context = context
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    public static let name = "script.start"
    public static let summary = "Starts a session of a script, or answers the one with this id"
    public static let details = """
        The session stays on its version, and on the versions of the scripts it may run, whatever is published
        meanwhile. A `session_id` that is known answers that session.
        """
    public static let access = MethodAccess.agents
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
    /// What starts a session comes before what names it.
    public static var ordering: [OrderingKey<Params>] {
        [.init(.conversation, optional: \.conversationId), .init(.session, optional: \.sessionId)]
    }
    public static let parameters = [
        "script_id": "The script's name, as its file says it",
        "version": "A version; the one in force for the caller unless given",
        "session_id": "An id that the caller chose, so that a repeat starts nothing twice",
        "conversation_id": "The conversation it belongs to",
        "locale": "The language of the conversation",
        "context": "What is known already, an object; its members are variables of the script",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.sessionId, path: "params.session_id")
        try Limits.check(params.version, in: 1...Int(Int32.max), path: "params.version")
        if let context = params.context, context.object == nil {
            throw .invalidParams(path: "params.context", expected: "an object")
        }
    }
}
