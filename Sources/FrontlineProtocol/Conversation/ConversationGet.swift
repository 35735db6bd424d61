// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ConversationGet: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var conversationId: String
        public var limit: Int?
        public var cursor: Cursor?
        public var onBehalfOf: String?

        public init(conversationId: String, limit: Int? = nil, cursor: Cursor? = nil, onBehalfOf: String? = nil) {
            self.conversationId = conversationId
            self.limit = limit
            self.cursor = cursor
            self.onBehalfOf = onBehalfOf
        }
    }

    @dynamicMemberLookup
    public struct Result: Codable, Sendable, Hashable {
        /// Where it takes place, for whom, and who leads it; its members are written beside the others.
        public var header: ConversationHeader
        /// How it went; its members are written beside the others.
        public var course: ConversationCourse
        /// What is known of the customer, redacted.
        public var customer: JSON?
        /// How many turns it has.
        public var turnCount: Int
        /// What was said, redacted, in the order of arrival.
        public var turns: [Turn] = []
        /// Where the turns go on; absent at the end.
        public var nextCursor: Cursor?
        /// Who took part.
        public var participants: [Participant] = []
        /// Who led it, in order.
        public var owners: [Owner] = []
        /// What it has been about, in the words of the customer.
        public var summary: String?
        /// Its alerts, as `alerts.get` shows them.
        public var alerts: [JSON] = []
        /// Its resolutions, as `resolution.get` shows them.
        public var resolutions: [JSON] = []
        /// Its script sessions.
        public var scriptSessions: [JSON] = []

        /// A conversation of which nothing is shown yet that was said or done in it.
        public init(_ facts: ConversationFacts, customer: JSON?, summary: String?) {
            header = facts.header
            course = facts.course
            turnCount = facts.turns
            self.customer = customer
            self.summary = summary
        }

        private enum CodingKeys: CodingKey {
            case customer, turnCount, turns, nextCursor, participants, owners, summary, alerts, resolutions
            case scriptSessions
        }

        public init(from decoder: any Decoder) throws {
            header = try ConversationHeader(from: decoder)
            course = try ConversationCourse(from: decoder)
            let members = try decoder.container(keyedBy: CodingKeys.self)
            customer = try members.decodeIfPresent(JSON.self, forKey: .customer)
            turnCount = try members.decode(Int.self, forKey: .turnCount)
            turns = try members.decode([Turn].self, forKey: .turns)
            nextCursor = try members.decodeIfPresent(Cursor.self, forKey: .nextCursor)
            participants = try members.decode([Participant].self, forKey: .participants)
            owners = try members.decode([Owner].self, forKey: .owners)
            summary = try members.decodeIfPresent(String.self, forKey: .summary)
            alerts = try members.decode([JSON].self, forKey: .alerts)
            resolutions = try members.decode([JSON].self, forKey: .resolutions)
            scriptSessions = try members.decode([JSON].self, forKey: .scriptSessions)
        }

        public func encode(to encoder: any Encoder) throws {
            try header.encode(to: encoder)
            try course.encode(to: encoder)
            var members = encoder.container(keyedBy: CodingKeys.self)
            try members.encodeIfPresent(customer, forKey: .customer)
            try members.encode(turnCount, forKey: .turnCount)
            try members.encode(turns, forKey: .turns)
            try members.encodeIfPresent(nextCursor, forKey: .nextCursor)
            try members.encode(participants, forKey: .participants)
            try members.encode(owners, forKey: .owners)
            try members.encodeIfPresent(summary, forKey: .summary)
            try members.encode(alerts, forKey: .alerts)
            try members.encode(resolutions, forKey: .resolutions)
            try members.encode(scriptSessions, forKey: .scriptSessions)
        }

        public subscript<Value>(dynamicMember path: KeyPath<ConversationHeader, Value>) -> Value {
            header[keyPath: path]
        }

        public subscript<Value>(dynamicMember path: KeyPath<ConversationCourse, Value>) -> Value {
            course[keyPath: path]
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

    public static let name = "conversation.get"
    public static let summary = "Shows a conversation with what was said in it"
    public static let access = MethodAccess.conversationReaders
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    public static let parameters = [
        "conversation_id": "The conversation",
        "limit": "How many turns at most; 1000 unless given, from 1 to 1000",
        "cursor": "Where the turns go on, from `next_cursor`",
        "on_behalf_of": "The agent for whom an integration asks: only what that agent leads",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...1_000, path: "params.limit")
    }
}
