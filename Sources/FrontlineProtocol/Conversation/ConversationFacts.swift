public import Vocabulary

/// What is known of a conversation beside what was said in it.
public struct ConversationFacts: Codable, Sendable, Hashable {
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
    /// How many turns it has.
    public var turns: Int
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
        turns: Int,
        mood: ConversationMood,
        openedAt: Timestamp,
        lastAt: Timestamp,
        closedAt: Timestamp? = nil,
        disposition: ConversationDisposition? = nil,
        transcriptDeleted: Bool? = nil
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
        self.turns = turns
        self.mood = mood
        self.openedAt = openedAt
        self.lastAt = lastAt
        self.closedAt = closedAt
        self.disposition = disposition
        self.transcriptDeleted = transcriptDeleted
    }
}
