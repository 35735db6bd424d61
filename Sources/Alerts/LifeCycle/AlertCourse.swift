import Texts
import Vocabulary

/// An alert as turns that are taken again would have left it: a value beside what is kept of it.
///
/// What people and the time did to it is known from its events and holds still; how often and how strongly it was asked
/// for is counted anew.
struct AlertCourse: Sendable {
    /// What happened to an alert when, without what turns asked for.
    struct Fate: Sendable {
        let alert: Alert
        /// The events of its life, in order.
        let events: [(kind: AlertEventKind, at: Int64)]

        /// Where it stood at a time.
        func status(at time: Int64) -> AlertStatus {
            var status = AlertStatus.open
            for event in events where event.at <= time {
                switch event.kind {
                case .acknowledged: status = .acknowledged
                case .resolved: status = .resolved
                case .expired: status = .expired
                case .raised, .updated, .escalated, .snoozed: break
                }
            }
            return status
        }

        func isEscalated(at time: Int64) -> Bool { events.contains { $0.kind == .escalated && $0.at <= time } }
    }

    /// What is kept of it; nil for one that was never raised.
    var fate: Fate?
    /// What it is asked for with.
    var candidate: AlertCandidate
    /// What it says, and whether it ends with the contact.
    var statement: AlertStatement
    /// Whether it does not escalate because the contact turned well.
    var isCalmed = false
    /// How often turns asked for it.
    var asks: Int
    /// The turn that raises it; nil when others did, or turns before those that are taken again.
    var turn: Int64?
    /// From when on it is there.
    let since: Int64
    /// Whether ``candidate`` has the severity after its escalation.
    private let isRaisedAlready: Bool

    /// One that a turn raises.
    init(_ candidate: AlertCandidate, _ statement: AlertStatement, turn: Int64, at: Int64, fate: Fate?) {
        (self.candidate, self.statement, self.turn, self.fate) = (candidate, statement, turn, fate)
        (asks, since, isRaisedAlready) = (1, at, false)
    }

    /// One that was there before the turns that are taken again, as it was then, or that others raised meanwhile.
    init(_ fate: Fate, asItWas alert: Alert?) {
        let then = alert ?? fate.alert
        self.fate = fate
        candidate = AlertCandidate(kind: then.kind, severity: then.severity, reason: then.reason, group: then.group)
        statement = AlertStatement(words: AlertWords(of: then), isSensitive: then.isSensitive == true)
        isCalmed = then.isCalmed == true
        let isByOthers = fate.alert.turn == nil && alert == nil
        asks = isByOthers ? 0 : then.count - (then.others ?? 0)
        since = fate.alert.raisedAt
        isRaisedAlready = then.isEscalated
    }

    func status(at time: Int64) -> AlertStatus { fate?.status(at: time) ?? .open }

    /// How much it matters at a time.
    func severity(at time: Int64) -> Severity {
        isEscalated(at: time) && !isRaisedAlready ? candidate.severity.raised : candidate.severity
    }

    func isEscalated(at time: Int64) -> Bool { isRaisedAlready || fate?.isEscalated(at: time) ?? false }

    /// An alert as it would have stood at a time.
    func value(of alert: Alert, at time: Int64) -> Alert {
        var value = alert
        value.count = max(1, asks + (alert.others ?? 0))
        (value.severity, value.isEscalated) = (severity(at: time), isEscalated(at: time))
        value.say(statement.words)
        return value
    }

    /// A turn asks for it again.
    mutating func recur(_ again: AlertCandidate, _ statement: AlertStatement, at time: Int64) {
        asks += 1
        if again.escalateAfterSeconds != nil { isCalmed = false }
        self.statement.isSensitive = self.statement.isSensitive || statement.isSensitive
        guard again.severity > severity(at: time) else { return }
        candidate.severity = again.severity
        self.statement.words = statement.words
    }

    /// Whether it would escalate at a time, if nobody does anything.
    func isEscalating(at time: Int64) -> Bool {
        guard status(at: time) == .open, !isCalmed, !isEscalated(at: time) else { return false }
        return candidate.escalateAfterSeconds != nil || fate?.alert.escalatesAt != nil
    }
}

/// Takes the turns of a conversation again and keeps what its alerts would have been: pure, without store and clock.
struct AlertReplay {
    private(set) var state: ContactState
    private(set) var courses: [AlertCourse]
    /// The alerts that the turns which are taken again had raised, while none of these turns has raised them again.
    private(set) var unclaimed: [AlertCourse.Fate]

    /// The conversation before the first turn that is taken again.
    ///
    /// - Parameters:
    ///   - first: that turn.
    ///   - before: the state before it.
    ///   - fates: what is kept of the conversation's alerts.
    init(from first: Int64, before: AlertStates.State, fates: [AlertCourse.Fate]) {
        state = before.contact
        let then = Dictionary(before.live.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let isRaisedAgain = { (fate: AlertCourse.Fate) in fate.alert.turn.map { $0 >= first } ?? false }
        unclaimed = fates.filter(isRaisedAgain)
        courses = fates.filter { !isRaisedAgain($0) }.map { AlertCourse($0, asItWas: then[$0.alert.id]) }
    }

    /// What came of a turn.
    struct Outcome {
        let signals: [Signal]
        /// What the policy was given.
        let input: JSONObject
        /// The places in ``courses`` of the alerts that it raised or was added to.
        let touched: [Int]
        let failure: String?
    }

    /// The places in ``courses`` of the alerts that are live at a time, with how they stand.
    func live(at time: Int64) -> [(place: Int, course: AlertCourse)] {
        courses.enumerated().filter { $1.since <= time && $1.status(at: time).isLive }.map { ($0, $1) }
    }

    /// Adds a turn.
    ///
    /// - Parameters:
    ///   - turn: the turn.
    ///   - contact: the conversation, the turn included.
    ///   - rules: the signals and the policy in force.
    ///   - time: when the turn arrived.
    /// - Returns: what came of it.
    mutating func add(_ turn: TurnFacts, of contact: ContactFacts, rules: AlertRules, at time: Int64) -> Outcome {
        let texts = rules.texts.texts(for: contact.locale)
        let signals = state.signals(of: turn, in: contact, rules.signals, texts)
        let present = courses.indices.filter { courses[$0].since <= time }
        let past = present.prefix(2 * AlertBook.maximumAlerts).map { index in
            PolicyInput.PastAlert(
                kind: courses[index].candidate.kind,
                severity: courses[index].severity(at: time),
                status: courses[index].status(at: time)
            )
        }
        let input = PolicyInput.make(turn, contact, signals: signals, heard: state.heard, alerts: past)
        let answer = rules.decide(input, signals: signals, now: time)
        let live = live(at: time).map(\.place)
        let kinds = Set(live.map { courses[$0].candidate.kind })
        var touched: [Int] = []
        let actions = state.book.decide(answer.candidates, live: kinds, speaker: turn.speaker, now: time)
        for action in actions {
            let statement = rules.statement(of: action.candidate, answer, turn, contact, signals: signals)
            switch action {
            case .recur(let candidate):
                guard let index = live.last(where: { courses[$0].candidate.kind == candidate.kind }) else { continue }
                courses[index].recur(candidate, statement, at: time)
                touched.append(index)
            case .raise(let candidate):
                let fate = claim(candidate.kind, at: time)
                let number = Int64(contact.turns)
                courses.append(AlertCourse(candidate, statement, turn: number, at: time, fate: fate))
                touched.append(courses.count - 1)
            }
        }
        let escalating = live.filter { courses[$0].isEscalating(at: time) }
        if turn.speaker == .customer, !escalating.isEmpty {
            let calmed = rules.calmed(input, now: time).subtracting(actions.map(\.candidate.kind))
            for index in escalating where calmed.contains(courses[index].candidate.kind) {
                courses[index].isCalmed = true
            }
        }
        return Outcome(signals: signals, input: input, touched: touched, failure: answer.failure)
    }

    /// The first alert of a kind that was raised and not ended by a time.
    private mutating func claim(_ kind: String, at time: Int64) -> AlertCourse.Fate? {
        let index = unclaimed.firstIndex { $0.alert.kind == kind && $0.status(at: time).isLive }
        return index.map { unclaimed.remove(at: $0) }
    }
}
