package import Vocabulary

/// A time in which something may not be released, because people need it to stay as it is.
package struct Freeze: Sendable, Hashable {
    /// What can be released.
    package enum Release: String, Sendable, Hashable, CaseIterable {
        /// Everything published under a policy name: models, signals, extractors, texts, the calendar.
        case policies
        /// Versions of scripts and who gets them.
        case scripts
        /// Articles of the knowledge base.
        case articles
    }

    /// When it begins.
    package let from: Timestamp
    /// When it has ended.
    package let to: Timestamp
    /// What may not be released.
    package let what: Set<Release>
    /// Why, in the words of the calendar.
    package let reason: String

    /// Whether something may not be released at a moment.
    package func holds(_ release: Release, at moment: Timestamp) -> Bool {
        what.contains(release) && from <= moment && moment < to
    }
}

/// A time in which more or fewer contacts are expected than usual.
package struct Peak: Sendable, Hashable {
    /// When it begins.
    package let from: Timestamp
    /// When it has ended.
    package let to: Timestamp
    /// How many contacts there are for each usual one.
    package let factor: Double
    /// The teams that it concerns; empty for all.
    package let teams: Set<String>

    /// Whether it concerns a team at a moment.
    func holds(at moment: Timestamp, team: String?) -> Bool {
        from <= moment && moment < to && (teams.isEmpty || team.map(teams.contains) ?? false)
    }
}
