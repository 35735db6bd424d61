/// Where an item of work stands.
public enum WorkState: String, Codable, Sendable, Hashable, CaseIterable {
    /// Nobody has taken it.
    case open
    /// Its owner works on it.
    case claimed
    /// Its owner waits for somebody else, such as the customer or a carrier.
    case waiting
    /// It is done, with an outcome.
    case done
    /// It need not be done any more.
    case cancelled

    /// Whether somebody still has to act.
    public var isLive: Bool { self != .done && self != .cancelled }
}

/// How urgent an item of work is, from the least to the most.
public enum WorkPriority: String, Codable, Sendable, Hashable, CaseIterable {
    /// When there is nothing else to do.
    case low
    /// In its turn.
    case normal
    /// Before others.
    case high
    /// Before everything else.
    case urgent
}

/// What an item of work is measured by.
public enum WorkClock: String, Codable, Sendable, Hashable, CaseIterable {
    /// The time until somebody takes it.
    case response
    /// The time until it is done.
    case done
}

/// What kind of thing an item of work is about.
public enum WorkSubjectKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// A conversation.
    case conversation
    /// A customer.
    case customer
    /// An article, or one that is missing.
    case article
    /// A script.
    case script
    /// A resolution.
    case resolution
    /// A theme of feedback.
    case theme
    /// A change to rules or content.
    case change
    /// Something that another system knows, such as an order.
    case other
}

/// The order of a list of work.
public enum WorkOrder: String, Codable, Sendable, Hashable, CaseIterable {
    /// The oldest first.
    case created
    /// What is due next first; what is not due at any time comes last.
    case due
}

/// What happened to an item of work.
public enum WorkEventKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// It is new.
    case created
    /// Somebody has taken it.
    case claimed
    /// Its owner has given it back.
    case released
    /// It belongs to another team or person.
    case transferred
    /// Somebody wrote something about it.
    case commented
    /// Its owner waits for somebody else.
    case waiting
    /// The wait has ended.
    case resumed
    /// A clock runs out soon.
    case dueSoon = "due_soon"
    /// A clock has run out.
    case breached
    /// It is still late, and the next step of its ladder was taken.
    case escalated
    /// It is done.
    case completed
    /// It need not be done any more.
    case cancelled
    /// Its words were erased with the data of a customer or with a transcript.
    case erased
}
