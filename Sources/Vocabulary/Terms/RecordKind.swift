/// The kinds of record that figures are drawn from.
///
/// Each capability marks its changed records under the kind's raw value (`Store.markOutdated`); measures are defined over one
/// kind each.
public enum RecordKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// Conversations.
    case contacts
    /// Turns of conversations.
    case turns
    /// Script sessions.
    case sessions
    /// Requests for resolutions.
    case resolutions
    /// Alerts.
    case alerts
    /// Searches in the knowledge base.
    case searches
    /// Items of work.
    case work
}
