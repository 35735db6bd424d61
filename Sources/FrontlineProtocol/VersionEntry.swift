public import Vocabulary

/// One version of a thing that is kept in versions.
public struct VersionEntry: Codable, Sendable, Hashable {
    /// Its number, from 1.
    public var version: Int
    /// The hash of its content.
    public var sha256: String
    /// When it was written.
    public var at: Timestamp
    /// Who wrote it.
    public var by: String
    /// Why, when somebody said so.
    public var note: String?

    /// Makes the value from its members.
    public init(version: Int, sha256: String, at: Timestamp, by: String, note: String? = nil) {
        self.version = version
        self.sha256 = sha256
        self.at = at
        self.by = by
        self.note = note
    }
}

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
