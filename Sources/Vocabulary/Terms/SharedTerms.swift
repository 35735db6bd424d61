/// What a subject may do, by the names of the wire and of tokens; a subject may hold several roles.
public enum Role: String, Codable, Sendable, Hashable, CaseIterable {
    /// Talks with customers.
    case agent
    /// Leads a team of agents.
    case supervisor
    /// Keeps the articles.
    case knowledgeManager = "knowledge_manager"
    /// Keeps scripts and policies.
    case operations
    /// Sees everything and changes nothing.
    case auditor
    /// A program that speaks for people: a transcriber or a customer system.
    case integration
    /// May do everything.
    case admin
}

/// Who takes a turn.
public enum Speaker: String, Codable, Sendable, Hashable, CaseIterable {
    /// The customer.
    case customer
    /// The agent who leads the conversation, or another one who takes part.
    case agent
    /// A program that talks with the customer.
    case bot
    /// A supervisor who takes part.
    case supervisor
    /// A message that nobody spoke, such as a queue announcement.
    case system
}

/// How much something matters, from the least to the most.
public enum Severity: String, Codable, Sendable, Hashable, CaseIterable {
    /// Good to know.
    case info
    /// Somebody should look.
    case warning
    /// Somebody must look now.
    case critical

    /// From 0 for the least.
    public var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        }
    }
}

extension Severity: Comparable {
    /// Orders from the least to the most.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
