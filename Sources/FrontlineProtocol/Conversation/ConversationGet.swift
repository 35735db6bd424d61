public import JSONRPC
public import Vocabulary

/// Shows a conversation with what was said in it.
public enum ConversationGet: FrontlineMethod {
    /// What `conversation.get` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String
        /// How many turns at most; 1000 unless given, from 1 to 1000.
        public var limit: Int?
        /// Where the turns go on, from `next_cursor`.
        public var cursor: String?
        /// The agent for whom an integration asks: only what that agent leads.
        public var onBehalfOf: String?

        /// Makes the value from its members.
        public init(conversationId: String, limit: Int? = nil, cursor: String? = nil, onBehalfOf: String? = nil) {
            self.conversationId = conversationId
            self.limit = limit
            self.cursor = cursor
            self.onBehalfOf = onBehalfOf
        }
    }

    /// What `conversation.get` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String
        /// Where it takes place.
        public var channel: String
        /// Whether it goes on.
        public var status: ConversationStatus
        /// Who leads it; absent while it waits for somebody of its teams.
        public var agent: String?
        /// The first of its teams.
        public var team: String?
        /// The teams it belongs to.
        public var teams: [String]
        /// The customer's id.
        public var customerId: String?
        /// Its language.
        public var locale: String?
        /// Its names in other systems.
        public var externalIds: [String: String]
        /// Its tags.
        public var tags: [String]
        /// The conversation that it continues.
        public var continues: String?
        /// The script it was opened with.
        public var scriptId: String?
        /// How the customer feels.
        public var mood: ConversationMood
        /// When it was opened.
        public var openedAt: Timestamp
        /// When something last happened in it.
        public var lastAt: Timestamp
        /// When it was closed.
        public var closedAt: Timestamp?
        /// How it ended.
        public var disposition: ConversationDisposition?
        /// True once its transcript was deleted.
        public var transcriptDeleted: Bool?
        /// What is known of the customer, redacted.
        public var customer: JSON?
        /// How many turns it has.
        public var turnCount: Int
        /// What was said, redacted, in the order of arrival.
        public var turns: [Turn]
        /// Where the turns go on; absent at the end.
        public var nextCursor: String?
        /// Who took part.
        public var participants: [Participant]
        /// Who led it, in order.
        public var owners: [Owner]
        /// What it has been about, in the words of the customer.
        public var summary: String?
        /// Its alerts, as `alerts.get` shows them.
        public var alerts: [JSON]
        /// Its resolutions, as `resolution.get` shows them.
        public var resolutions: [JSON]
        /// Its script sessions.
        public var scriptSessions: [JSON]

        /// Makes the value from its members.
        public init(
            conversationId: String,
            channel: String,
            status: ConversationStatus,
            agent: String? = nil,
            team: String? = nil,
            teams: [String],
            customerId: String? = nil,
            locale: String? = nil,
            externalIds: [String: String],
            tags: [String],
            continues: String? = nil,
            scriptId: String? = nil,
            mood: ConversationMood,
            openedAt: Timestamp,
            lastAt: Timestamp,
            closedAt: Timestamp? = nil,
            disposition: ConversationDisposition? = nil,
            transcriptDeleted: Bool? = nil,
            customer: JSON? = nil,
            turnCount: Int,
            turns: [Turn],
            nextCursor: String? = nil,
            participants: [Participant],
            owners: [Owner],
            summary: String? = nil,
            alerts: [JSON],
            resolutions: [JSON],
            scriptSessions: [JSON]
        ) {
            self.conversationId = conversationId
            self.channel = channel
            self.status = status
            self.agent = agent
            self.team = team
            self.teams = teams
            self.customerId = customerId
            self.locale = locale
            self.externalIds = externalIds
            self.tags = tags
            self.continues = continues
            self.scriptId = scriptId
            self.mood = mood
            self.openedAt = openedAt
            self.lastAt = lastAt
            self.closedAt = closedAt
            self.disposition = disposition
            self.transcriptDeleted = transcriptDeleted
            self.customer = customer
            self.turnCount = turnCount
            self.turns = turns
            self.nextCursor = nextCursor
            self.participants = participants
            self.owners = owners
            self.summary = summary
            self.alerts = alerts
            self.resolutions = resolutions
            self.scriptSessions = scriptSessions
        }
    }

    /// One final utterance.
    public struct Turn: Codable, Sendable, Hashable {
        /// Its number, from 1, in the order of arrival.
        public var turn: Int
        /// The name its sender gave it.
        public var turnId: String?
        /// Who spoke.
        public var speaker: Speaker
        /// Which of them.
        public var speakerId: String?
        /// What was said, redacted.
        public var text: String
        /// When it was said.
        public var at: Timestamp
        /// Its language.
        public var locale: String?
        /// How it sounds, from -1 to 1.
        public var score: Double?
        /// The score in words.
        public var label: String?
        /// The agent for whom an integration sent it.
        public var onBehalfOf: String?

        /// Makes the value from its members.
        public init(
            turn: Int,
            turnId: String? = nil,
            speaker: Speaker,
            speakerId: String? = nil,
            text: String,
            at: Timestamp,
            locale: String? = nil,
            score: Double? = nil,
            label: String? = nil,
            onBehalfOf: String? = nil
        ) {
            self.turn = turn
            self.turnId = turnId
            self.speaker = speaker
            self.speakerId = speakerId
            self.text = text
            self.at = at
            self.locale = locale
            self.score = score
            self.label = label
            self.onBehalfOf = onBehalfOf
        }
    }

    /// Somebody who took part.
    public struct Participant: Codable, Sendable, Hashable {
        /// As what.
        public var speaker: Speaker
        /// Which of them.
        public var speakerId: String?
        /// How many turns they took.
        public var turns: Int

        /// Makes the value from its members.
        public init(speaker: Speaker, speakerId: String? = nil, turns: Int) {
            self.speaker = speaker
            self.speakerId = speakerId
            self.turns = turns
        }
    }

    /// Who led the conversation for a while.
    public struct Owner: Codable, Sendable, Hashable {
        /// The agent; absent while it waited.
        public var agent: String?
        /// The teams.
        public var teams: [String]
        /// From when on.
        public var since: Timestamp
        /// Who opened or transferred it.
        public var by: String
        /// The agent for whom an integration did.
        public var onBehalfOf: String?
        /// Why it was transferred.
        public var reason: String?
        /// What the next agent was told.
        public var note: String?

        /// Makes the value from its members.
        public init(
            agent: String? = nil,
            teams: [String],
            since: Timestamp,
            by: String,
            onBehalfOf: String? = nil,
            reason: String? = nil,
            note: String? = nil
        ) {
            self.agent = agent
            self.teams = teams
            self.since = since
            self.by = by
            self.onBehalfOf = onBehalfOf
            self.reason = reason
            self.note = note
        }
    }

    /// The name on the wire.
    public static let name = "conversation.get"
    /// The method in one line.
    public static let summary = "Shows a conversation with what was said in it"
    /// Who may call it.
    public static let access = MethodAccess.conversationReaders
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    /// What each parameter means.
    public static let parameters = [
        "conversation_id": "The conversation",
        "limit": "How many turns at most; 1000 unless given, from 1 to 1000",
        "cursor": "Where the turns go on, from `next_cursor`",
        "on_behalf_of": "The agent for whom an integration asks: only what that agent leads",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .forbidden]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...1_000, path: "params.limit")
    }
}
