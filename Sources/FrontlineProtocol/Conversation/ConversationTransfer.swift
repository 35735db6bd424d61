public import JSONRPC

/// Hands a conversation over to an agent or a team.
///
/// Script sessions follow the owner. The note and the summary reach the next agent in the event `transferred`.
/// Without an agent the conversation waits, seen by the agents of the team; one of them takes it by
/// transferring it to itself.
public enum ConversationTransfer: FrontlineMethod {
    /// What `conversation.transfer` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String
        /// Who gets it.
        public var to: Recipient
        /// Why; recorded without personal data.
        public var reason: String
        /// What the next agent should know; personal data is redacted.
        public var note: String?
        /// The agent for whom an integration acts; recorded.
        public var onBehalfOf: String?

        /// Makes the value from its members.
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

    /// What `conversation.transfer` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String
        /// Who leads it now; absent while it waits for somebody of the team.
        public var agent: String?
        /// The first of the teams it belongs to now.
        public var team: String?

        /// Makes the value from its members.
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

        /// Makes the value from its members.
        public init(agent: String? = nil, team: String? = nil) {
            self.agent = agent
            self.team = team
        }
    }

    /// The name on the wire.
    public static let name = "conversation.transfer"
    /// The method in one line.
    public static let summary = "Hands a conversation over to an agent or a team"
    /// More about it.
    public static let details = """
        Script sessions follow the owner. The note and the summary reach the next agent in the event `transferred`.
        Without an agent the conversation waits, seen by the agents of the team; one of them takes it by
        transferring it to itself.
        """
    /// Who may call it.
    public static let access = MethodAccess.conversationActors
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    /// What each parameter means.
    public static let parameters = [
        "conversation_id": "The conversation",
        "to": "Who gets it",
        "reason": "Why; recorded without personal data",
        "note": "What the next agent should know; personal data is redacted",
        "on_behalf_of": "The agent for whom an integration acts; recorded",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    /// Checks the ranges.
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
