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

    /// Makes the value from its members.
    public init(now: Double, trend: Double, lowest: Double, negativeStreak: Int) {
        self.now = now
        self.trend = trend
        self.lowest = lowest
        self.negativeStreak = negativeStreak
    }
}
