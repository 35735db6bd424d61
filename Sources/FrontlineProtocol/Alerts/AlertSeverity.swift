/// How much an alert matters, from the least to the most.
public enum AlertSeverity: String, Codable, Sendable, Hashable, CaseIterable {
    /// Good to know.
    case info
    /// Somebody should look.
    case warning
    /// Somebody must look now.
    case critical
}
