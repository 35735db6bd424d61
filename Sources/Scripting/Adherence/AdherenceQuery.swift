/// Which sessions are looked at, and what a row stands for.
package struct AdherenceQuery: Sendable {
    /// What a row stands for.
    package enum Grouping: String, Sendable {
        case script, version, step, agent, team
    }

    /// One script; all when nil.
    package var scriptID: String?
    /// Sessions begun at or after this moment, in microseconds since 1970.
    package var since: Int64
    /// Sessions begun before this moment, in microseconds since 1970.
    package var until: Int64
    /// What a row stands for.
    package var grouping: Grouping
    /// Only sessions of these teams; all when nil.
    package var teams: [String]?

    package init(
        scriptID: String? = nil,
        since: Int64? = nil,
        until: Int64? = nil,
        grouping: Grouping = .script,
        teams: [String]? = nil
    ) {
        self.scriptID = scriptID
        self.since = since ?? 0
        self.until = until ?? .max
        self.grouping = grouping
        self.teams = teams
    }
}

/// The figures of one group.
package struct AdherenceRow: Sendable, Hashable {
    /// A kind of deviation at a step.
    package struct Deviation: Sendable, Hashable {
        package let step: String
        package let kind: String
        package let reason: String
        package let count: Int
    }

    /// A path without back and restart, beside one as it was really taken.
    package struct Path: Sendable, Hashable {
        package let direct: [String]
        package let full: [String]
        package let sessions: Int
    }

    /// The script, version, step, agent or team.
    package let key: String
    /// Sessions begun; of a step, those that came to it.
    package let sessions: Int
    /// Sessions that reached an end; of a step, those that went on from it.
    package let completed: Int
    /// Sessions that were left or expired.
    package let abandoned: Int
    /// Sessions whose version was withdrawn.
    package let stopped: Int
    /// Required steps that were done.
    package let requiredDone: Int
    /// Required steps that were due.
    package let requiredTotal: Int
    /// Sessions without a jump or a skip.
    package let orderKept: Int
    /// Jumps, skips, detours and abandonments.
    package let deviations: Int
    /// The deviations by step and reason, the most frequent first.
    package let deviationReasons: [Deviation]
    /// How sessions ended.
    package let outcomes: [String: Int]
    /// The median time from start to end, or at the step, in seconds.
    package let medianSeconds: Double
    /// The time within which nine of ten ended, in seconds.
    package let p90Seconds: Double
    /// The median number of steps taken.
    package let stepsTaken: Double
    /// The median number of steps without back and restart.
    package let stepsDirect: Double
    /// The most frequent paths; of scripts and versions.
    package let paths: [Path]?
}

/// Order statistics of a sample.
package enum Sample {
    /// The middle of the values, the mean of two where there are two; 0 of none.
    package static func median(_ values: [Double]) -> Double {
        guard !values.isEmpty else { return 0 }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// The least value that a share of the values does not exceed (nearest rank); 0 of none.
    package static func percentile(_ share: Double, of values: [Double]) -> Double {
        guard !values.isEmpty else { return 0 }
        let sorted = values.sorted()
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}
