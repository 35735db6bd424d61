/// Counts the sessions of one group.
struct AdherenceTally {
    /// How often a path was taken, with an example.
    struct PathCount {
        var sessions = 0
        var latest: (session: String, startedAt: Int64) = ("", .min)
    }

    struct Reason: Hashable {
        let step: String
        let kind: String
        let reason: String
    }

    private static let maximumReasons = 50
    private static let maximumPaths = 5

    private var sessions = 0
    private var statuses: [String: Int] = [:]
    private var requiredDone = 0
    private var requiredTotal = 0
    private var orderKept = 0
    private var deviations = 0
    private var reasons: [Reason: Int] = [:]
    private var outcomes: [String: Int] = [:]
    private var seconds: [Double] = []
    private var stepsTaken: [Double] = []
    private var stepsDirect: [Double] = []
    private var paths: [[String]: PathCount] = [:]

    /// Counts a session.
    mutating func add(_ facts: SessionFacts) {
        sessions += 1
        statuses[facts.status, default: 0] += 1
        requiredDone += Int(facts.requiredDone)
        requiredTotal += Int(facts.requiredTotal)
        deviations += Int(facts.deviations)
        if facts.isOrderKept { orderKept += 1 }
        guard let endedAt = facts.endedAt else { return }
        seconds.append(Double(endedAt - facts.startedAt) / 1_000_000)
        stepsTaken.append(Double(facts.visits))
        if facts.status == "completed", let outcome = facts.outcome { outcomes[outcome, default: 0] += 1 }
        guard let path = facts.directPath else { return }
        stepsDirect.append(Double(path.count))
        var count = paths[path] ?? PathCount()
        count.sessions += 1
        if facts.startedAt >= count.latest.startedAt { count.latest = (facts.id, facts.startedAt) }
        paths[path] = count
    }

    /// Counts a session that reached a step.
    mutating func addStep(_ visits: StepVisits) {
        sessions += 1
        statuses[visits.status, default: 0] += 1
        seconds += visits.seconds
        stepsTaken.append(Double(visits.count))
        if visits.isRequired {
            requiredTotal += 1
            if visits.status == "completed" { requiredDone += 1 }
        }
    }

    /// Counts a deviation.
    mutating func add(_ reason: Reason) { reasons[reason, default: 0] += 1 }

    /// Counts a deviation at the step of this group.
    mutating func addAtStep(_ reason: Reason) {
        deviations += 1
        add(reason)
    }

    /// The finished row; `full` reads the steps a session actually took.
    func row(_ key: String, full: ((String) throws -> [String])?) rethrows -> AdherenceRow {
        AdherenceRow(
            key: key,
            sessions: sessions,
            completed: statuses["completed"] ?? 0,
            abandoned: statuses["abandoned"] ?? 0,
            stopped: statuses["stopped"] ?? 0,
            requiredDone: requiredDone,
            requiredTotal: requiredTotal,
            orderKept: orderKept,
            deviations: deviations,
            deviationReasons: frequentReasons,
            outcomes: outcomes,
            medianSeconds: Sample.median(seconds),
            p90Seconds: Sample.percentile(0.9, of: seconds),
            stepsTaken: Sample.median(stepsTaken),
            stepsDirect: Sample.median(stepsDirect),
            paths: try full.map { full in
                try frequentPaths.map { path, count in
                    AdherenceRow.Path(direct: path, full: try full(count.latest.session), sessions: count.sessions)
                }
            }
        )
    }

    private var frequentReasons: [AdherenceRow.Deviation] {
        let sorted = reasons.sorted {
            ($1.value, $0.key.step, $0.key.kind, $0.key.reason) < ($0.value, $1.key.step, $1.key.kind, $1.key.reason)
        }
        return sorted.prefix(Self.maximumReasons).map { reason, count in
            .init(step: reason.step, kind: reason.kind, reason: reason.reason, count: count)
        }
    }

    private var frequentPaths: [(path: [String], count: PathCount)] {
        let sorted = paths.sorted {
            ($1.value.sessions, $0.key.joined(separator: "\n")) < ($0.value.sessions, $1.key.joined(separator: "\n"))
        }
        return sorted.prefix(Self.maximumPaths).map { (path: $0.key, count: $0.value) }
    }
}

/// The stored figures of a session.
struct SessionFacts {
    let id: String
    let scriptID: String
    let version: Int64
    let agent: String?
    let teams: [String]
    let status: String
    let outcome: String?
    let startedAt: Int64
    let endedAt: Int64?
    let requiredDone: Int64
    let requiredTotal: Int64
    let deviations: Int64
    let isOrderKept: Bool
    let visits: Int64
    let directPath: [String]?
}

/// The visits of one session to one step.
struct StepVisits {
    let isRequired: Bool
    var count = 0
    var seconds: [Double] = []
    /// `completed` if the step was left by advancing, otherwise how it was left; empty while it is current.
    var status = ""

    /// Adds a visit; visits are added in the order of the session.
    mutating func add(enteredAt: Int64, leftAt: Int64?, by way: String?) {
        count += 1
        guard let leftAt else { return }
        seconds.append(Double(leftAt - enteredAt) / 1_000_000)
        switch way {
        case "advance", "itself", "answers", "resolution", "resume", "start": status = "completed"
        case "abandon", "expire": if status.isEmpty { status = "abandoned" }
        case "stop": if status.isEmpty { status = "stopped" }
        default: break
        }
    }
}
