package import Vocabulary

/// Which sessions to count, and how to group them.
package struct AdherenceQuery: Sendable {
    /// Only sessions of this script; nil for all scripts.
    package var scriptID: String?
    /// Sessions begun at or after this time, in microseconds since 1970.
    package var since: Int64
    /// Sessions begun before this time, in microseconds since 1970.
    package var until: Int64
    package var grouping: AdherenceGrouping
    /// Only sessions of these teams; nil for all teams.
    package var teams: [String]?

    package init(
        scriptID: String? = nil,
        since: Int64? = nil,
        until: Int64? = nil,
        grouping: AdherenceGrouping = .script,
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
    /// A reason for deviating from a step, and its frequency.
    package struct Deviation: Sendable, Hashable {
        package let step: String
        package let kind: String
        package let reason: String
        package let count: Int
    }

    /// A path without backtracking and restarts, with an example of the steps actually taken.
    package struct Path: Sendable, Hashable {
        package let direct: [String]
        package let full: [String]
        package let sessions: Int
    }

    /// The group: a script, version, step, agent or team.
    package let key: String
    /// Sessions started; for a step, sessions that reached it.
    package let sessions: Int
    /// Sessions that reached an end; for a step, sessions that advanced from it.
    package let completed: Int
    /// Sessions that were abandoned or expired.
    package let abandoned: Int
    /// Sessions whose version was withdrawn.
    package let stopped: Int
    /// Required steps that were completed.
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
    /// The 90th percentile of the same time, in seconds.
    package let p90Seconds: Double
    /// The median number of steps taken.
    package let stepsTaken: Double
    /// The median number of steps without backtracking and restarts.
    package let stepsDirect: Double
    /// The most frequent paths; only for scripts and versions.
    package let paths: [Path]?
}

/// Order statistics of a sample.
package enum Sample {
    /// The median, the mean of the two middle values if their number is even; 0 for no values.
    package static func median(_ values: [Double]) -> Double {
        guard !values.isEmpty else { return 0 }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// The smallest value that at least `share` of the values do not exceed (nearest rank); 0 for no values.
    package static func percentile(_ share: Double, of values: [Double]) -> Double {
        guard !values.isEmpty else { return 0 }
        let sorted = values.sorted()
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}
