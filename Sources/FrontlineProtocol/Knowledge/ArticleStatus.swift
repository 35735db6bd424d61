/// Where an article stands in its life.
public enum ArticleStatus: String, Codable, Sendable, Hashable, CaseIterable {
    /// Being written; not found by search.
    case draft
    /// In force.
    case published
    /// No longer in force; kept with its history.
    case retired
}

/// Who may see an article.
public enum ArticleAudience: String, Codable, Sendable, Hashable, CaseIterable {
    /// Everyone.
    case agent
    /// Supervisors, knowledge managers, operations, auditors and admins.
    case supervisor
    /// Knowledge managers and admins.
    case knowledgeManager = "knowledge_manager"
}
