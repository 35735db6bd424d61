package import Vocabulary

/// What the alerts need to know of one turn.
package struct TurnFacts: Sendable, Hashable {
    /// Who speaks.
    package var speaker: Speaker
    /// What is said, redacted.
    package var text: String
    /// How it feels, from -1 to 1; nil where it was not scored.
    package var score: Double?
    /// The score in words, such as `very_negative`.
    package var label: String?
    /// What the signals in force find in it, where that was looked up before.
    package var reading: SignalReading?

    /// Puts the facts of a turn together.
    package init(
        speaker: Speaker,
        text: String,
        score: Double? = nil,
        label: String? = nil,
        reading: SignalReading? = nil
    ) {
        self.speaker = speaker
        self.text = text
        self.score = score
        self.label = label
        self.reading = reading
    }
}

/// What the alerts need to know of a conversation, the turn at hand included.
package struct ContactFacts: Sendable, Hashable {
    /// The conversation.
    package var conversationID: String
    /// Its channel, such as `voice`.
    package var channel: String
    /// The mood now, its trend and its lowest point, from -1 to 1.
    package var mood: Double?
    package var trend: Double?
    package var lowest: Double?
    /// How likely it is that the customer's need is not met, from 0 to 1; nil where that was not measured.
    package var unmet: Double?
    /// How many customer turns in a row were negative.
    package var negativeStreak: Int
    /// How many turns there were.
    package var turns: Int
    /// How long the contact has lasted.
    package var seconds: Int
    /// Whose data the alerts will hold.
    package var customerID: String?
    /// What the policy sees as `customer`.
    package var customer: JSONObject
    /// The agent who owns the conversation.
    package var agent: String?
    /// The teams whose supervisors see its alerts.
    package var teams: [String]
    /// What the policy sees as `agent`.
    package var agentFacts: JSONObject
    /// What the conversation is about, redacted.
    package var summary: String?
    /// The language in which its alerts are written, where their reader has none.
    package var locale: String?

    /// Puts the facts of a conversation together.
    package init(
        conversationID: String,
        channel: String = "",
        mood: Double? = nil,
        trend: Double? = nil,
        lowest: Double? = nil,
        unmet: Double? = nil,
        negativeStreak: Int = 0,
        turns: Int = 0,
        seconds: Int = 0,
        customerID: String? = nil,
        customer: JSONObject = [:],
        agent: String? = nil,
        teams: [String] = [],
        agentFacts: JSONObject = [:],
        summary: String? = nil,
        locale: String? = nil
    ) {
        self.conversationID = conversationID
        self.channel = channel
        self.mood = mood
        self.trend = trend
        self.lowest = lowest
        self.unmet = unmet
        self.negativeStreak = negativeStreak
        self.turns = turns
        self.seconds = seconds
        self.customerID = customerID
        self.customer = customer
        self.agent = agent
        self.teams = teams
        self.agentFacts = agentFacts
        self.summary = summary
        self.locale = locale
    }
}
