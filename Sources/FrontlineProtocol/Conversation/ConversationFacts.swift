public import Vocabulary

/// Where a conversation takes place, for whom, and who leads it.
public struct ConversationHeader: Codable, Sendable, Hashable {
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
        scriptId: String? = nil
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
    }
}

/// How a conversation went: its mood, its times and its end.
public struct ConversationCourse: Codable, Sendable, Hashable {
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

    /// Makes the value from its members.
    public init(
        mood: ConversationMood,
        openedAt: Timestamp,
        lastAt: Timestamp,
        closedAt: Timestamp? = nil,
        disposition: ConversationDisposition? = nil,
        transcriptDeleted: Bool? = nil
    ) {
        self.mood = mood
        self.openedAt = openedAt
        self.lastAt = lastAt
        self.closedAt = closedAt
        self.disposition = disposition
        self.transcriptDeleted = transcriptDeleted
    }
}

/// What is known of a conversation beside what was said in it: one object with the members of header and course.
@dynamicMemberLookup
public struct ConversationFacts: Codable, Sendable, Hashable {
    /// Where it takes place, for whom, and who leads it.
    public var header: ConversationHeader
    /// How many turns it has.
    public var turns: Int
    /// How it went.
    public var course: ConversationCourse

    private enum CodingKeys: CodingKey {
        case turns
    }

    /// Makes the value from its members.
    public init(header: ConversationHeader, turns: Int, course: ConversationCourse) {
        self.header = header
        self.turns = turns
        self.course = course
    }

    /// Reads all members from one object.
    public init(from decoder: any Decoder) throws {
        header = try ConversationHeader(from: decoder)
        turns = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .turns)
        course = try ConversationCourse(from: decoder)
    }

    /// Writes all members into one object.
    public func encode(to encoder: any Encoder) throws {
        try header.encode(to: encoder)
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(turns, forKey: .turns)
        try course.encode(to: encoder)
    }

    /// A member of the header.
    public subscript<Value>(dynamicMember path: KeyPath<ConversationHeader, Value>) -> Value { header[keyPath: path] }

    /// A member of the course.
    public subscript<Value>(dynamicMember path: KeyPath<ConversationCourse, Value>) -> Value { course[keyPath: path] }
}

/// How the customer feels in the course of a conversation.
public struct ConversationMood: Codable, Sendable, Hashable {
    /// The level, from -1 to 1; the latest turns weigh most, and a single outlier moves it only partly.
    public var now: Double
    /// From -1 to 1: above 0 while it rises, below 0 while it falls.
    public var trend: Double
    /// The lowest level so far.
    public var lowest: Double
    /// How many of the customer's turns in a row, up to the latest, were negative.
    public var negativeStreak: Int
    /// From 0 to 1: how likely it is that the customer's need is not met, however friendly the words are.
    ///
    /// One turn alone does not bring it above 0.6. It is absent where the latest turn was not measured: without a sentence encoder
    /// for the language, or for lack of time.
    public var unmet: Double?

    /// Makes the value from its members.
    public init(now: Double, trend: Double, lowest: Double, negativeStreak: Int, unmet: Double? = nil) {
        self.now = now
        self.trend = trend
        self.lowest = lowest
        self.negativeStreak = negativeStreak
        self.unmet = unmet
    }
}

/// How a contact ended.
public struct ConversationDisposition: Codable, Sendable, Hashable {
    /// The kind of ending, as the contact centre names it.
    public var code: String
    /// Whether the customer's concern was settled.
    public var resolved: Bool?
    /// What else there is to say; personal data is redacted.
    public var note: String?

    /// Makes the value from its members.
    public init(code: String, resolved: Bool? = nil, note: String? = nil) {
        self.code = code
        self.resolved = resolved
        self.note = note
    }
}
