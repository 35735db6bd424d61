public import JSONRPC
import Vocabulary

/// Asks for help in a conversation.
///
/// While the call is open, another of the same kind counts up. Unanswered for two minutes, it escalates.
public enum AlertsRaise: FrontlineMethod {
    /// What `alerts.raise` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The conversation, the caller's own or one that the caller supervises.
        public var conversationId: String
        /// What it is about; personal data is taken out.
        public var note: String
        /// What kind of alert; `help` unless given.
        public var kind: String?

        /// Makes the value from its members.
        public init(conversationId: String, note: String, kind: String? = nil) {
            self.conversationId = conversationId
            self.note = note
            self.kind = kind
        }
    }

    /// The alert.
    public typealias Result = AlertMessage

    /// The name on the wire.
    public static let name = "alerts.raise"
    /// The method in one line.
    public static let summary = "Asks for help in a conversation"
    /// More about it.
    public static let details = """
        While the call is open, another of the same kind counts up. Unanswered for two minutes, it escalates. Ten calls a
        minute are accepted.
        """
    /// Who may call it.
    public static let access = MethodAccess.roles([.agent, .supervisor, .admin])
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    /// What each parameter means.
    public static let parameters = [
        "conversation_id": "The conversation, the caller's own or one that the caller supervises",
        "note": "What it is about; personal data is taken out",
        "kind": "What kind of alert; `help` unless given",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .rateLimited]

    private static let longestKind = 60

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.note, path: "params.note")
        guard let kind = params.kind, !(1...longestKind).contains(kind.count) else { return }
        throw .invalidParams(path: "params.kind", expected: "a text of 1 to \(longestKind) characters")
    }
}
