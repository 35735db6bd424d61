// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum ConversationTransfer: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var conversationId: String
        public var to: Recipient
        public var reason: String
        public var note: String?
        public var onBehalfOf: String?

        public init(
            conversationId: String,
            to: Recipient,
            reason: String,
            note: String? = nil,
            onBehalfOf: String? = nil
        ) {
            self.conversationId = conversationId
            self.to = to
            self.reason = reason
            self.note = note
            self.onBehalfOf = onBehalfOf
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String
        /// Who leads it now; absent while it waits for somebody of the team.
        public var agent: String?
        /// The first of the teams it belongs to now.
        public var team: String?

        public init(conversationId: String, agent: String? = nil, team: String? = nil) {
            self.conversationId = conversationId
            self.agent = agent
            self.team = team
        }
    }

    /// An agent, a team, or an agent in a team.
    public struct Recipient: Codable, Sendable, Hashable {
        /// Who will lead it.
        public var agent: String?
        /// The team it goes to; the agent's own unless given.
        public var team: String?

        public init(agent: String? = nil, team: String? = nil) {
            self.agent = agent
            self.team = team
        }
    }

    public static let name = "conversation.transfer"
    public static let summary = "Hands a conversation over to an agent or a team"
    public static let details = """
        Script sessions follow the owner. The note and the summary reach the next agent in the event `transferred`.
        Without an agent the conversation waits, seen by the agents of the team; one of them takes it by
        transferring it to itself.
        """
    public static let access = MethodAccess.conversationActors
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    public static let parameters = [
        "conversation_id": "The conversation",
        "to": "Who gets it",
        "reason": "Why; recorded without personal data",
        "note": "What the next agent should know; personal data is redacted",
        "on_behalf_of": "The agent for whom an integration acts; recorded",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        guard params.to.agent != nil || params.to.team != nil else {
            throw .invalidParams(path: "params.to", expected: "an object with `agent`, `team` or both")
        }
        try Limits.checkName(params.to.agent, path: "params.to.agent")
        try Limits.checkName(params.to.team, path: "params.to.team")
        try Limits.check(params.reason, path: "params.reason")
        if let note = params.note { try Limits.check(note, path: "params.note") }
        try Limits.checkName(params.onBehalfOf, path: "params.on_behalf_of")
    }
}
