public import Vocabulary

/// Why a version was withdrawn.
public struct VersionWithdrawal: Codable, Sendable, Hashable {
    /// When.
    public var at: Timestamp
    /// Who withdrew it.
    public var by: String
    /// Why.
    public var reason: String

    /// Makes the value from its members.
    public init(at: Timestamp, by: String, reason: String) {
        self.at = at
        self.by = by
        self.reason = reason
    }
}
