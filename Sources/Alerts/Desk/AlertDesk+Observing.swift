package import Storage
import JSONRPC

/// What a turn led to.
package struct Observation: Sendable, Hashable {
    /// What was said that is worth to be noticed.
    package let signals: [Signal]
    /// The alerts that the turn raised or that it was added to, as they are now.
    package let alerts: [Alert]
    /// What was wrong with the policy, for the log of the server; nil when nothing was.
    package let failure: String?
}

/// What a conversation has been through, as it is kept between turns.
struct ContactState: Sendable, Hashable, Codable {
    var book = AlertBook()
    var required = RequiredPhraseProgress()
    /// How often each kind of signal was heard.
    var heard: [String: Int] = [:]

    /// The signals of a turn, with what is missing as of it.
    mutating func signals(of turn: TurnFacts, channel: String, _ book: SignalBook) -> [Signal] {
        let reading = book.read(turn.text, speaker: turn.speaker)
        let missing = required.take(
            speaker: turn.speaker,
            signals: Set(reading.signals.map(\.kind)),
            channel: channel,
            phrases: book.required,
            heard: reading.heard
        )
        let signals =
            reading.signals + missing.map { Signal(kind: $0.kind, text: $0.text, severity: $0.severity) }
        for signal in signals { heard[signal.kind, default: 0] += 1 }
        return signals
    }
}

extension AlertDesk {
    /// Takes a turn: finds its signals, asks the policy, and raises what is due.
    ///
    /// Whatever the policy does, the turn is not lost: a failure is answered, not thrown.
    ///
    /// - Parameters:
    ///   - turn: the turn.
    ///   - contact: the conversation, the turn included.
    ///   - rules: from ``rules()``.
    ///   - now: the time, in microseconds since 1970.
    ///   - transaction: the one that keeps the turn.
    /// - Returns: the signals and the alerts.
    /// - Throws: the store's error.
    package func observe(
        _ turn: TurnFacts,
        of contact: ContactFacts,
        rules: AlertRules,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Observation {
        let stored = try ContactState.stored(contact.conversationID, in: transaction)
        var state = stored ?? ContactState()
        let signals = state.signals(of: turn, channel: contact.channel, rules.signals)
        let subject = Alert.Subject(.conversation, contact.conversationID)
        let live = try AlertTable.live(subject, in: transaction)
        if AlertStates.isKept(before: contact.turns) {
            try AlertStates.put(state, live: live, before: contact.turns, of: contact.conversationID, in: transaction)
        }
        let past = try AlertTable.standing(
            ofConversation: contact.conversationID,
            limit: 2 * AlertBook.maximumAlerts,
            in: transaction
        )
        let input = PolicyInput.make(turn, contact, signals: signals, heard: state.heard, alerts: past.map { .init($0) })
        let answer = rules.decide(input, signals: signals, now: now)
        let actions = state.book.take(
            answer.candidates,
            live: Set(live.map(\.kind)),
            speaker: turn.speaker,
            now: now
        )
        var alerts: [Alert] = []
        for action in actions {
            let reasons = PolicyInput.reasons(action, answer, turn, contact, signals: signals)
            alerts.append(try perform(action, because: reasons, contact, live: live, now: now, in: transaction))
        }
        if state != stored { try state.store(contact.conversationID, in: transaction) }
        return Observation(signals: signals, alerts: alerts, failure: answer.failure)
    }

    private func perform(
        _ action: AlertBook.Action,
        because: [String],
        _ contact: ContactFacts,
        live: [Alert],
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Alert {
        switch action {
        case .recur(let candidate):
            guard var alert = live.first(where: { $0.kind == candidate.kind }) else { break }
            var candidate = candidate
            candidate.reason = PlainText.redacted(candidate.reason)
            let event = alert.recur(candidate, because: because.map(PlainText.redacted), at: now)
            try keep(&alert, event, at: now, in: transaction)
            return alert
        case .raise: break
        }
        var request = AlertRequest(action.candidate, because: because, contact)
        request.turn = Int64(contact.turns)
        return try raiseNew(request, at: now, in: transaction)
    }

    /// The contact is over: what is still open expires, and nothing is kept of its course.
    package func endContact(_ conversationID: String, now: Int64, in transaction: WriteTransaction) throws {
        for var alert in try AlertTable.live(Alert.Subject(.conversation, conversationID), in: transaction) {
            let event = alert.expire(at: now)
            try keep(&alert, event, at: now, in: transaction)
        }
        try AlertStates.forget(conversationID, in: transaction)
    }

    /// The conversation has another owner: its live alerts follow.
    package func moveContact(
        _ conversationID: String,
        agent: String?,
        teams: [String],
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        for var alert in try AlertTable.live(Alert.Subject(.conversation, conversationID), in: transaction)
        where alert.agent != agent || alert.teams != teams {
            (alert.agent, alert.teams, alert.updatedAt) = (agent, teams, now)
            try AlertTable.putTeams(of: alert, in: transaction)
            try keep(&alert, .updated, at: now, in: transaction)
        }
    }

    /// Writes an alert, with its event where something happened that is told.
    func keep(
        _ alert: inout Alert,
        _ event: AlertEvent.Kind?,
        at now: Int64,
        in transaction: WriteTransaction
    ) throws {
        if let event {
            try AlertLog.append(event, of: &alert, at: now, in: transaction)
        } else {
            try AlertTable.put(alert, in: transaction)
        }
    }
}

extension PolicyInput.PastAlert {
    init(_ alert: Alert) { self.init(kind: alert.kind, severity: alert.severity, status: alert.status) }
}

extension AlertRequest {
    /// What the policy asks for in a conversation.
    init(_ candidate: AlertCandidate, because: [String], _ contact: ContactFacts) {
        self.init(
            kind: candidate.kind,
            severity: candidate.severity,
            subject: Alert.Subject(.conversation, contact.conversationID),
            conversationID: contact.conversationID,
            agent: contact.agent,
            teams: contact.teams,
            customerID: contact.customerID,
            segment: contact.customer["segment"]?.string,
            reason: candidate.reason,
            because: because,
            summary: contact.summary,
            group: candidate.group,
            escalateAfterSeconds: candidate.escalateAfterSeconds
        )
    }
}

extension AlertBook.Action {
    /// What was asked for.
    var candidate: AlertCandidate {
        switch self {
        case .raise(let candidate), .recur(let candidate): candidate
        }
    }
}

extension ContactState {
    /// The state of a conversation; nil before its first turn.
    static func stored(_ id: String, in transaction: some SQLReading) throws -> ContactState? {
        try transaction.first("SELECT state FROM alert_contacts WHERE conversation_id = $1", [.text(id)]) {
            try AlertText.value(try $0.text(0))
        }
    }

    /// Keeps the state of a conversation.
    func store(_ id: String, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO alert_contacts (conversation_id, state) VALUES ($1, $2)
            ON CONFLICT (conversation_id) DO UPDATE SET state = excluded.state
            """,
            [.text(id), .text(try AlertText.text(of: self))]
        )
    }
}
