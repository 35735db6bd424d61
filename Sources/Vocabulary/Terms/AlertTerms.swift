/// Where an alert stands.
public enum AlertStatus: String, Codable, Sendable, Hashable, CaseIterable {
    /// Nobody has looked at it.
    case open
    /// Somebody is looking at it.
    case acknowledged
    /// Somebody ended it and said what came of it.
    case resolved
    /// Its contact ended, or its time passed, before somebody resolved it.
    case expired
}

/// What came of an alert.
public enum AlertOutcome: String, Codable, Sendable, Hashable, CaseIterable {
    /// Somebody could help.
    case helped
    /// Nothing had to be done.
    case noAction = "no_action"
    /// It should not have been raised.
    case falseAlarm = "false_alarm"
}

/// What kind of thing an alert is about.
public enum AlertSubjectKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// A conversation that may go wrong.
    case conversation
    /// A script session without a conversation.
    case session
    /// A resolution that waits for approval.
    case resolution
    /// Many alerts of one group.
    case surge
    /// An item of work that is late.
    case work
}

/// What happened to an alert.
public enum AlertEventKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// It is new.
    case raised
    /// It was asked for again, got worse, moved, or is no longer snoozed.
    case updated
    /// Somebody is looking at it.
    case acknowledged
    /// Somebody ended it.
    case resolved
    /// Nobody looked at it in time.
    case escalated
    /// Somebody does not want to hear of it for a while.
    case snoozed
    /// Its contact or its time ended.
    case expired
}
