/// What a policy says of a request.
public enum ResolutionOutcome: String, Codable, Sendable, Hashable, CaseIterable {
    /// The agent may grant it alone.
    case approved
    /// Somebody else must agree.
    case approvalRequired = "approval_required"
    /// Nobody here may grant it.
    case denied
}

/// Where a request stands.
public enum ResolutionStatus: String, Codable, Sendable, Hashable, CaseIterable {
    /// Granted, by the policy alone or by an approver.
    case approved
    /// Waits for an approver.
    case pending
    /// Refused by the policy.
    case denied
    /// Refused by a person.
    case rejected
    /// Withdrawn.
    case cancelled
    /// Nobody decided in time.
    case expired
}

/// What became of something granted.
public enum SettlementResult: String, Codable, Sendable, Hashable, CaseIterable {
    /// The customer has it.
    case done
    /// It could not be given.
    case failed
    /// It was given and taken back.
    case reversed
}
