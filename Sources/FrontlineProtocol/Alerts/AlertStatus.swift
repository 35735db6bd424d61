/// Where an alert stands.
public enum AlertStatus: String, Codable, Sendable, Hashable, CaseIterable {
    /// Nobody has looked at it.
    case open
    /// Somebody looks at it.
    case acknowledged
    /// Somebody has ended it and said what came of it.
    case resolved
    /// Its contact or its time ended before somebody resolved it.
    case expired
}
