// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
import Vocabulary

public enum AlertsRaise: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var conversationId: String
        public var note: String
        public var kind: String?

        public init(conversationId: String, note: String, kind: String? = nil) {
            self.conversationId = conversationId
            self.note = note
            self.kind = kind
        }
    }

    /// The alert.
    public typealias Result = AlertMessage

    public static let name = "alerts.raise"
    public static let summary = "Asks for help in a conversation"
    public static let details = """
        While the call is open, another of the same kind counts up. Unanswered for two minutes, it escalates. Ten calls a
        minute are accepted.
        """
    public static let access = MethodAccess.roles([.agent, .supervisor, .admin])
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    public static let parameters = [
        "conversation_id": "The conversation, the caller's own or one that the caller supervises",
        "note": "What it is about; personal data is taken out",
        "kind": "What kind of alert; `help` unless given",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .rateLimited]

    private static let longestKind = 60

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.note, path: "params.note")
        guard let kind = params.kind, !(1...longestKind).contains(kind.count) else { return }
        throw .invalidParams(path: "params.kind", expected: "a text of 1 to \(longestKind) characters")
    }
}

public enum AlertsReply: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var alertId: String
        public var text: String

        public init(alertId: String, text: String) {
            self.alertId = alertId
            self.text = text
        }
    }

    /// The alert as it is now.
    public typealias Result = AlertMessage

    public static let name = "alerts.reply"
    public static let summary = "Says something about an alert to the agent who leads its contact"
    public static let details = """
        The agent's desktop gets it as the event `reply` of the conversation, with `alert_id`, `by`, `text` and `at`; the
        alert keeps the last ten. The customer does not see it. The alert stays as it is otherwise: `alerts.acknowledge`
        says that somebody has taken it.
        """
    public static let access = MethodAccess.supervisors
    public static let parameters = [
        "alert_id": "The alert; its contact must go on",
        "text": "What the agent should read, at most 600 characters; personal data is taken out",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.text, path: "params.text")
    }
}
