package import BusinessCalendar
package import Vocabulary

/// What the time does to an item, as functions.
///
/// All moments are computed when a clock starts or goes on, in the business hours of the team then, so that a list can be sorted
/// by them and the timer finds what is due by an index. A calendar that is published later changes no moment that was set.
extension WorkItem {
    /// Starts the clocks of a new item.
    ///
    /// - Parameters:
    ///   - kind: the item's kind.
    ///   - promised: moments that stand in for the kind's times.
    ///   - within: a time until it is done that stands in for the kind's.
    ///   - hours: the business hours of its team.
    ///   - now: the time.
    package mutating func start(
        kind: WorkKind,
        promised: [WorkClock: Int64] = [:],
        within: Duration? = nil,
        hours: BusinessHours,
        at now: Int64
    ) {
        for clock in WorkClock.allCases {
            let rule = kind.clocks[clock]
            let time = clock == .done ? within ?? rule?.within : rule?.within
            guard promised[clock] != nil || time != nil else { continue }
            let due = promised[clock] ?? time.map { hours.moment($0, after: now) } ?? now
            let total = promised[clock] == nil ? time ?? .zero : hours.time(from: now, to: due)
            self[clock].dueAt = due
            self[clock].reminders = (rule?.reminders ?? []).filter { $0 < total }
                .map { hours.moment(total - $0, after: now) }.filter { $0 < due }.sorted()
        }
    }

    /// A wait ends: every moment to come moves by the business time waited, if the kind's clocks pause.
    ///
    /// A moment that had passed when the wait began stays where it is.
    mutating func resume(kind: WorkKind, hours: BusinessHours, at now: Int64) {
        guard let since = waitingSince else { return }
        (waitingSince, waitingUntil) = (nil, nil)
        guard kind.pausesWhileWaiting else { return }
        let waited = hours.time(from: since, to: now)
        guard waited > .zero else { return }
        let moved = { (moment: Int64) in moment <= since ? moment : hours.moment(waited, after: moment) }
        for clock in WorkClock.allCases where self[clock].isRunning {
            self[clock].dueAt = self[clock].dueAt.map(moved)
            self[clock].reminders = self[clock].reminders.map(moved)
        }
        climbsAt = climbsAt.map(moved)
    }

    /// Whether the clocks stand still.
    private func isPaused(_ kind: WorkKind) -> Bool { state == .waiting && kind.pausesWhileWaiting }

    /// When time alone changes it next; nil for never.
    package func timer(kind: WorkKind) -> Int64? { next(kind: kind)?.at }

    /// What the time does.
    private enum Occasion: Hashable {
        case resume
        case reminder(WorkClock)
        case breach(WorkClock)
        case climb
    }

    /// The next thing that the time does, the earliest first; of the same moment in the order of the cases.
    private func next(kind: WorkKind) -> (occasion: Occasion, at: Int64)? {
        guard state.isLive else { return nil }
        var found: (occasion: Occasion, at: Int64)?
        let offer = { (occasion: Occasion, at: Int64?) in
            if let at, found.map({ at < $0.at }) ?? true { found = (occasion, at) }
        }
        if state == .waiting { offer(.resume, waitingUntil) }
        guard !isPaused(kind) else { return found }
        for clock in WorkClock.allCases where self[clock].isRunning {
            offer(.reminder(clock), self[clock].reminders.first)
            offer(.breach(clock), self[clock].dueAt)
        }
        offer(.climb, climbsAt)
        return found
    }

    /// The first thing that the time up to `now` does to it; call it again until nothing more happens.
    ///
    /// - Returns: what happened, at the moment at which it was due, and the step of the ladder that it takes; nil if nothing is due.
    package mutating func elapse(
        to now: Int64,
        kind: WorkKind,
        hours: BusinessHours
    ) -> (entry: WorkEntry, rung: WorkRung?)? {
        guard let (occasion, moment) = next(kind: kind), moment <= now else { return nil }
        updatedAt = max(updatedAt, moment)
        switch occasion {
        case .resume:
            resume(kind: kind, hours: hours, at: moment)
            state = .claimed
            return (WorkEntry(.resumed, at: moment), nil)
        case .reminder(let clock):
            self[clock].reminders.removeFirst()
            var entry = WorkEntry(.dueSoon, at: moment)
            (entry.clock, entry.until) = (clock, self[clock].dueAt)
            return (entry, nil)
        case .breach(let clock):
            self[clock].breachedAt = moment
            self[clock].reminders = []
            var entry = WorkEntry(.breached, at: moment)
            entry.clock = clock
            return climb(entry, kind: kind, hours: hours, at: moment)
        case .climb:
            return climb(WorkEntry(.escalated, at: moment), kind: kind, hours: hours, at: moment)
        }
    }

    /// Takes the next step of the ladder; at its end the last step is repeated for a breach, and nothing more comes by itself.
    private mutating func climb(
        _ entry: WorkEntry,
        kind: WorkKind,
        hours: BusinessHours,
        at moment: Int64
    ) -> (entry: WorkEntry, rung: WorkRung?) {
        var entry = entry
        climbsAt = nil
        guard !kind.ladder.isEmpty else { return (entry, nil) }
        // Nobody owns it, so there is nobody to remind.
        while rung < kind.ladder.count - 1, kind.ladder[rung].audience == .owner, owner == nil { rung += 1 }
        let step = kind.ladder[min(rung, kind.ladder.count - 1)]
        rung = min(rung + 1, kind.ladder.count)
        if rung < kind.ladder.count { climbsAt = step.every.map { hours.moment($0, after: moment) } }
        entry.audience = step.audience
        if step.audience == .team {
            (entry.formerTeam, entry.formerOwner) = (step.team.flatMap { $0 == team ? nil : team }, owner)
            resume(kind: kind, hours: hours, at: moment)
            (team, owner, state) = (step.team ?? team, nil, .open)
        }
        return (entry, step)
    }
}

extension BusinessHours {
    /// The moment after a span of business time; beyond the horizon of the calendar, the moment after that span without pauses.
    func moment(_ time: Duration, after moment: Int64) -> Int64 {
        let found = instant(time, after: Timestamp(microseconds: moment))?.microseconds
        return found ?? moment + time.microseconds
    }

    /// The business time between two moments.
    func time(from: Int64, to: Int64) -> Duration {
        guard to > from else { return .zero }
        return duration(from: Timestamp(microseconds: from), to: Timestamp(microseconds: to))
    }
}

extension Duration {
    /// Whole microseconds.
    package var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
