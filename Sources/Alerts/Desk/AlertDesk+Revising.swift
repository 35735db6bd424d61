import Policies
package import Storage
import Texts
package import Vocabulary

/// The alerts of a conversation one of whose turns was replaced by another wording.
///
/// The turns are taken again from a state before it; then what is kept is brought to what came of that: alerts that rest on
/// words which were not said are withdrawn, those that were missed are raised, others are corrected. What people did to an
/// alert stays, and one that somebody resolved is left alone.
package struct AlertRevision: Sendable {
    private var replay: AlertReplay
    private let rules: AlertRules
    fileprivate var touched: [Int] = []
    /// The signals of the new wording.
    package private(set) var signals: [Signal] = []
    /// What was wrong with the policy; nil when nothing was.
    package private(set) var failure: String?
    /// What the policy was given of the new wording.
    package private(set) var input = JSONObject()
    /// The states before turns of which one is kept.
    fileprivate var states: [State] = []

    fileprivate struct State {
        let number: Int
        let contact: ContactState
        let at: Int64
        let live: [(place: Int, course: AlertCourse)]
    }

    fileprivate init(_ replay: AlertReplay, rules: AlertRules) {
        (self.replay, self.rules) = (replay, rules)
    }

    /// Adds a turn to the replayed alerts.
    ///
    /// - Parameters:
    ///   - turn: the turn.
    ///   - contact: the conversation, the turn included.
    ///   - time: when the turn arrived.
    ///   - isRevised: whether it is the one with the new wording, whose signals and alerts are answered.
    package mutating func add(_ turn: TurnFacts, of contact: ContactFacts, at time: Int64, isRevised: Bool) {
        if AlertStates.isKept(before: contact.turns) {
            let live = replay.live(at: time)
            states.append(State(number: contact.turns, contact: replay.state, at: time, live: live))
        }
        let outcome = replay.add(turn, of: contact, rules: rules, at: time)
        guard isRevised else { return }
        (signals, touched, failure) = (outcome.signals, outcome.touched, outcome.failure)
        input = outcome.input
    }

    fileprivate var state: ContactState { replay.state }
    fileprivate func texts(for locale: String?) -> TextSet { rules.texts.texts(for: locale) }
    fileprivate var courses: [AlertCourse] { replay.courses }
    fileprivate var unclaimed: [AlertCourse.Fate] { replay.unclaimed }
}

extension AlertDesk {
    /// Begins to take the turns of a conversation again.
    ///
    /// - Parameters:
    ///   - conversationID: the conversation.
    ///   - first: the first turn that will be taken again.
    ///   - rules: from ``rules()``.
    ///   - transaction: the one that keeps the replacement.
    /// - Returns: the alerts before that turn.
    /// - Throws: the store's error.
    package func revise(
        _ conversationID: String,
        from first: Int64,
        rules: AlertRules,
        in transaction: WriteTransaction
    ) throws -> AlertRevision {
        let fates = try AlertTable.standing(
            ofConversation: conversationID,
            limit: 2 * AlertBook.maximumAlerts,
            in: transaction
        ).filter { $0.subject.type == .conversation }.map {
            AlertCourse.Fate(alert: $0, events: try AlertLog.times(of: $0.id, in: transaction))
        }
        let before = try AlertStates.state(before: first, of: conversationID, in: transaction)
        return AlertRevision(AlertReplay(from: first, before: before, fates: fates), rules: rules)
    }

    /// Keeps what came of the turns that were taken again.
    ///
    /// - Parameters:
    ///   - revision: after the last turn.
    ///   - contact: the conversation as it is now.
    ///   - now: the time, in microseconds since 1970.
    ///   - transaction: the one in which it was begun.
    /// - Returns: the alerts that the new wording raised or was added to, and every alert that has changed.
    /// - Throws: the store's error.
    package func conclude(
        _ revision: AlertRevision,
        of contact: ContactFacts,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> (alerts: [Alert], changed: [Alert]) {
        var changed: [Alert] = []
        for fate in revision.unclaimed where fate.alert.status != .resolved {
            var alert = fate.alert
            let event = alert.withdraw(at: now)
            try keep(&alert, event, at: now, in: transaction)
            if event != nil { changed.append(alert) }
        }
        var alerts: [Int: Alert] = [:]
        for (index, course) in revision.courses.enumerated() {
            if let fate = course.fate {
                let alert = try correct(
                    fate.alert,
                    course,
                    revision.texts(for: contact.locale),
                    now: now,
                    in: transaction
                )
                if alert != fate.alert { changed.append(alert) }
                alerts[index] = alert
            } else {
                var request = AlertRequest(course.candidate, contact, turn: course.turn)
                request.count = course.asks
                let (words, isSensitive) = (course.statement.words, course.statement.isSensitive)
                let raised = try raiseNew(request, saying: words, isSensitive: isSensitive, at: now, in: transaction)
                let alert = try correct(raised, course, revision.texts(for: contact.locale), now: now, in: transaction)
                changed.append(alert)
                alerts[index] = alert
            }
        }
        for state in revision.states {
            try AlertStates.put(
                state.contact,
                live: state.live.compactMap { place, course in
                    alerts[place].map { course.value(of: $0, at: state.at) }
                },
                before: state.number,
                of: contact.conversationID,
                in: transaction
            )
        }
        try revision.state.store(contact.conversationID, in: transaction)
        return (revision.touched.compactMap { alerts[$0] }, changed)
    }

    /// Brings an alert that is live to what was asked for; one that is over stays.
    private func correct(
        _ alert: Alert,
        _ course: AlertCourse,
        _ texts: TextSet,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Alert {
        // Of an alert of an earlier program it is not known how often others asked for it.
        guard alert.status.isLive, let others = alert.others else { return alert }
        var after = alert
        after.count = max(1, course.asks + others)
        after.severity = course.severity(at: now)
        after.turn = course.turn ?? alert.turn
        if course.turn != nil || after.severity != alert.severity {
            after.say(course.statement.words)
        }
        if course.statement.isSensitive { (after.isSensitive, after.summary) = (true, nil) }
        if course.isCalmed != (after.isCalmed == true) { after.setCalmed(course, texts, now: now) }
        guard after != alert else { return alert }
        after.updatedAt = now
        try keep(&after, .updated, at: now, in: transaction)
        return after
    }
}

extension Alert {
    /// Takes back that the contact turned well, or that it did not.
    fileprivate mutating func setCalmed(_ course: AlertCourse, _ texts: TextSet, now: Int64) {
        let word = KeyedText(AlertTextKey.Evidence.calmed)
        if course.isCalmed {
            _ = calm((word, texts.text(word)), at: now)
        } else if status == .open, let seconds = course.candidate.escalateAfterSeconds {
            (isCalmed, escalatesAt) = (nil, max(now, course.since + Int64(seconds) * 1_000_000))
        }
    }
}
