/// Whether turns may be added to a conversation.
public enum ConversationStatus: String, Codable, Sendable, Hashable, CaseIterable {
    /// It goes on.
    case open
    /// It has ended.
    case closed
}

/// What happened in a conversation.
public enum ConversationEventKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// Somebody said something.
    case turn
    /// An alert was raised or has changed.
    case alert
    /// A supervisor tells the agent something about an alert; the customer does not see it.
    case reply
    /// A resolution was requested or decided.
    case resolution
    /// A script session has moved.
    case script
    /// Somebody else leads the conversation now.
    case transferred
    /// It has ended.
    case closed
}

/// What kind of thing a next best action is.
public enum ActionKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// Something to say, such as an apology.
    case say
    /// An article to open.
    case openArticle = "open_article"
    /// A script that fits.
    case startScript = "start_script"
    /// The next step of the open script.
    case advanceScript = "advance_script"
    /// Something that may be settled without asking anybody.
    case offerResolution = "offer_resolution"
    /// Help to call.
    case escalate
}

/// What an agent says of an action or an article that was offered.
public enum OfferVerdict: String, Codable, Sendable, Hashable, CaseIterable {
    /// It was done, or used for the customer.
    case used
    /// It is not wanted now.
    case dismissed
    /// It did not fit what was said.
    case wrong
}

/// Seven steps from very negative to very positive, as supervisors know them.
public enum SentimentLabel: String, Codable, Sendable, Hashable, CaseIterable {
    /// The lowest scores.
    case veryNegative = "very_negative"
    /// Clearly below neutral.
    case negative
    /// A little below neutral.
    case slightlyNegative = "slightly_negative"
    /// Neither.
    case neutral
    /// A little above neutral.
    case slightlyPositive = "slightly_positive"
    /// Clearly above neutral.
    case positive
    /// The highest scores.
    case veryPositive = "very_positive"

    /// The step from -3 to 3.
    public var step: Int { (Self.allCases.firstIndex(of: self) ?? 3) - 3 }
}

extension SentimentLabel: Comparable {
    /// Orders from very negative to very positive.
    public static func < (left: SentimentLabel, right: SentimentLabel) -> Bool { left.step < right.step }
}
