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
