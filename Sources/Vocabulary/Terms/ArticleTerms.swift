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

/// What somebody says of an article, or did with it.
public enum ArticleVerdict: String, Codable, Sendable, Hashable, CaseIterable {
    /// It was shown.
    case shown
    /// It was opened.
    case opened
    /// It was used for the customer.
    case used
    /// It helped.
    case helpful
    /// It did not help.
    case notHelpful = "not_helpful"
    /// It says something wrong.
    case wrong
    /// It is no longer true.
    case outdated
}

/// What a search goes by.
public enum SearchMode: String, Codable, Sendable, Hashable, CaseIterable {
    /// Words and meaning together.
    case hybrid
    /// The words of the query alone.
    case words
    /// What the query means alone, whatever its words.
    case meaning
}

/// How texts that say about the same were grouped.
public enum TextGrouping: String, Codable, Sendable, Hashable, CaseIterable {
    /// By what they mean: every member is near the same one.
    case meaning
    /// By the words that they share.
    case words
}
