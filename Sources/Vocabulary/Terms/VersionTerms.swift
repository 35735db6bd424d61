/// What happened to a part between two versions of a thing.
public enum ChangeKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// Only the later version has it.
    case added
    /// Only the earlier version has it.
    case removed
    /// Both have it, and they differ.
    case changed
}

/// What became of a text that the audit log vouches for.
public enum AuditTextState: String, Codable, Sendable, Hashable, CaseIterable {
    /// It stands as it was written.
    case kept
    /// Names of an erased customer were taken out; what is left proves nothing.
    case redacted
    /// It was erased.
    case erased
}
