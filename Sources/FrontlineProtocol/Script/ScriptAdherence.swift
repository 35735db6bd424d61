// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
import JSONRPC
public import Vocabulary

public enum ScriptAdherence: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var scriptId: String?
        public var since: Timestamp?
        public var until: Timestamp?
        public var groupBy: AdherenceGrouping?

        public init(
            scriptId: String? = nil,
            since: Timestamp? = nil,
            until: Timestamp? = nil,
            groupBy: AdherenceGrouping? = nil
        ) {
            self.scriptId = scriptId
            self.since = since
            self.until = until
            self.groupBy = groupBy
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The rows, in the order of their keys.
        public var rows: [Row]

        public init(rows: [Row]) {
            self.rows = rows
        }
    }

    /// The figures of one group.
    public struct Row: Codable, Sendable, Hashable {
        /// The script, version, step, agent or team.
        public var key: String
        /// Sessions begun; for a step, sessions that came to it.
        public var sessions: Int
        /// Sessions that reached an end; for a step, sessions that left it by an answer.
        public var completed: Int
        /// Sessions that were abandoned or expired.
        public var abandoned: Int
        /// Sessions whose version was withdrawn.
        public var stopped: Int
        /// Required steps that were done.
        public var requiredDone: Int
        /// Required steps that were due.
        public var requiredTotal: Int
        /// Sessions without a jump or a skip.
        public var orderKept: Int
        /// Jumps, skips and detours.
        public var deviations: Int
        /// The deviations by step and reason, most frequent first.
        public var deviationReasons: [Deviation]
        /// How sessions ended.
        public var outcomes: [String: Int]
        /// The median time from start to end, or at the step.
        public var medianSeconds: Double
        /// The time within which nine of ten ended.
        public var p90Seconds: Double
        /// The median number of steps taken, with those gone back on.
        public var stepsTaken: Double
        /// The median number of steps without back and restart.
        public var stepsDirect: Double
        /// The most frequent paths; for scripts and versions.
        public var paths: [Path]?

        public init(
            key: String,
            sessions: Int,
            completed: Int,
            abandoned: Int,
            stopped: Int,
            requiredDone: Int,
            requiredTotal: Int,
            orderKept: Int,
            deviations: Int,
            deviationReasons: [Deviation],
            outcomes: [String: Int],
            medianSeconds: Double,
            p90Seconds: Double,
            stepsTaken: Double,
            stepsDirect: Double,
            paths: [Path]? = nil
        ) {
            self.key = key
            self.sessions = sessions
            self.completed = completed
            self.abandoned = abandoned
            self.stopped = stopped
            self.requiredDone = requiredDone
            self.requiredTotal = requiredTotal
            self.orderKept = orderKept
            self.deviations = deviations
            self.deviationReasons = deviationReasons
            self.outcomes = outcomes
            self.medianSeconds = medianSeconds
            self.p90Seconds = p90Seconds
            self.stepsTaken = stepsTaken
            self.stepsDirect = stepsDirect
            self.paths = paths
        }
    }

    /// A kind of deviation at a step.
    public struct Deviation: Codable, Sendable, Hashable {
        /// The step.
        public var step: String
        /// jump, skip or detour.
        public var kind: String
        /// The reason given.
        public var reason: String
        /// How often.
        public var count: Int

        public init(step: String, kind: String, reason: String, count: Int) {
            self.step = step
            self.kind = kind
            self.reason = reason
            self.count = count
        }
    }

    /// A path without back and restart, beside one as it was really taken.
    public struct Path: Codable, Sendable, Hashable {
        /// The steps without back and restart.
        public var direct: [String]
        /// The steps of the latest such session as they were taken.
        public var full: [String]
        /// Sessions with this direct path.
        public var sessions: Int

        public init(direct: [String], full: [String], sessions: Int) {
            self.direct = direct
            self.full = full
            self.sessions = sessions
        }
    }

    public static let name = "script.adherence"
    public static let summary = "Tells how well scripts are followed, and where they are left"
    public static let details = """
        Supervisors see the sessions of their teams.
        """
    public static let access = MethodAccess.rulesReviewers
    public static let parameters = [
        "script_id": "One script; all unless given",
        "since": "Sessions begun at or after this moment",
        "until": "Sessions begun before this moment",
        "group_by": "What a row stands for: script unless given",
    ]
}
