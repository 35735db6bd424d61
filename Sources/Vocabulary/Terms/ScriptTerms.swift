/// How a script session stands.
public enum ScriptSessionStatus: String, Codable, Sendable, Hashable, CaseIterable {
    /// Somebody has to do something at the step.
    case active
    /// Something else is awaited: a resolution, or the diagnostics say what stands in the way.
    case waiting
    /// It reached an end.
    case completed
    /// The agent left it, or nobody went on with it.
    case abandoned
    /// Its version was withdrawn.
    case stopped
}

/// Whether a version of a script is in force.
public enum ScriptVersionStatus: String, Codable, Sendable, Hashable, CaseIterable {
    /// Everybody gets it, but for those with a newer one.
    case live
    /// Some get it.
    case partial
    /// A newer version has taken its place.
    case superseded
    /// It was rolled back.
    case withdrawn
}

/// What a row of the figures about scripts stands for.
public enum AdherenceGrouping: String, Codable, Sendable, Hashable, CaseIterable {
    /// A script.
    case script
    /// A version of a script.
    case version
    /// A step of a script.
    case step
    /// An agent.
    case agent
    /// A team.
    case team
}

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
