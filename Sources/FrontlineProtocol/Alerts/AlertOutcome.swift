/// What came of an alert.
public enum AlertOutcome: String, Codable, Sendable, Hashable, CaseIterable {
    /// Somebody could help.
    case helped
    /// Nothing had to be done.
    case noAction = "no_action"
    /// It should not have been raised.
    case falseAlarm = "false_alarm"
}
