package import JSONRPC
package import Storage
import Texts

/// What a turn led to.
package struct Observation: Sendable {
    /// The signals of the turn; of sensitive ones what the customer needs in the place of the words.
    package let signals: [Signal]
    /// The alerts that the turn raised or that it was added to, as they are now.
    package let alerts: [Alert]
    /// What was wrong with the policy, for the log of the server; nil when nothing was.
    package let failure: String?
    /// What the policy was given: `turn`, `conversation`, `customer` and `agent`.
    package let input: JSONObject
}

/// The sensitive signals of one turn of a contact.
package struct SensitiveTurn: Sendable, Hashable, Codable {
    /// The number of the turn.
    package let turn: Int
    /// The kinds of its sensitive signals.
    package let kinds: [String]
}

/// What the end of a contact took away because it was sensitive.
package struct WithdrawnContent: Sendable {
    /// The alerts as they are now.
    package let alerts: [Alert]
    /// The turns whose answers still tell of it.
    package let turns: [SensitiveTurn]
}

/// What a conversation has been through, as it is kept between turns.
struct ContactState: Sendable, Hashable, Codable {
    var book = AlertBook()
    var required = RequiredPhraseProgress()
    /// How often each kind of signal was heard.
    var heard: [String: Int] = [:]
    /// The turns with sensitive signals.
    var sensitive: [SensitiveTurn]?

    /// The signals of a turn, with what is missing as of it.
    mutating func signals(
        of turn: TurnFacts,
        in contact: ContactFacts,
        _ book: SignalBook,
        _ texts: TextSet
    ) -> [Signal] {
        let reading = turn.reading ?? book.read(turn.text, speaker: turn.speaker)
        let missing = required.observe(
            speaker: turn.speaker,
            signals: Set(reading.signals.map(\.kind)),
            channel: contact.channel,
            phrases: book.required,
            heard: reading.heard
        )
        let signals =
            reading.signals.map { $0.keepable(texts) }
            + missing.map { Signal(kind: $0.kind, text: texts.text($0.text), severity: $0.severity) }
        for signal in signals { heard[signal.kind, default: 0] += 1 }
        let kinds = signals.filter(\.isSensitive).map(\.kind)
        if !kinds.isEmpty { sensitive = (sensitive ?? []) + [SensitiveTurn(turn: contact.turns, kinds: kinds)] }
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
        let texts = rules.texts.texts(for: contact.locale)
        let signals = state.signals(of: turn, in: contact, rules.signals, texts)
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
        let input = PolicyInput.make(
            turn,
            contact,
            signals: signals,
            heard: state.heard,
            alerts: past.map { PolicyInput.PastAlert($0) }
        )
        let answer = rules.decide(input, signals: signals, now: now)
        let actions = state.book.decide(
            answer.candidates,
            live: Set(live.map(\.kind)),
            speaker: turn.speaker,
            now: now
        )
        var alerts: [Alert] = []
        for action in actions {
            alerts.append(
                try perform(
                    action,
                    rules.statement(of: action.candidate, answer, turn, contact, signals: signals),
                    contact,
                    live: live,
                    now: now,
                    in: transaction
                )
            )
        }
        if turn.speaker == .customer, live.contains(where: { $0.escalatesAt != nil }) {
            let asked = Set(actions.map(\.candidate.kind))
            let kinds = rules.calmed(input, now: now).subtracting(asked)
            try calm(live.filter { kinds.contains($0.kind) }, texts: texts, now: now, in: transaction)
        }
        if state != stored { try state.store(contact.conversationID, in: transaction) }
        return Observation(signals: signals, alerts: alerts, failure: answer.failure, input: input)
    }

    /// The contact has turned well: these alerts do not escalate.
    private func calm(_ alerts: [Alert], texts: TextSet, now: Int64, in transaction: WriteTransaction) throws {
        let word = KeyedText(AlertTextKey.Evidence.calmed)
        for var alert in alerts {
            guard let event = alert.calm((word, texts.text(word)), at: now) else { continue }
            try keep(&alert, event, at: now, in: transaction)
        }
    }

    private func perform(
        _ action: AlertBook.Action,
        _ statement: AlertStatement,
        _ contact: ContactFacts,
        live: [Alert],
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Alert {
        switch action {
        case .recur(let candidate):
            guard var alert = live.first(where: { $0.kind == candidate.kind }) else { break }
            if statement.isSensitive { (alert.isSensitive, alert.summary) = (true, nil) }
            let event = alert.recur(candidate, saying: statement.words, at: now)
            try keep(&alert, event, at: now, in: transaction)
            return alert
        case .raise: break
        }
        let request = AlertRequest(action.candidate, contact, turn: Int64(contact.turns))
        return try raiseNew(
            request,
            saying: statement.words,
            isSensitive: statement.isSensitive,
            at: now,
            in: transaction
        )
    }

    /// The contact is over: what is still open expires, nothing is kept of its course, and what was sensitive ends.
    ///
    /// - Returns: what else tells of the sensitive part, for whoever keeps that.
    /// - Throws: the store's error.
    @discardableResult
    package func endContact(
        _ conversationID: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> WithdrawnContent {
        for var alert in try AlertTable.live(Alert.Subject(.conversation, conversationID), in: transaction) {
            let event = alert.expire(at: now)
            try keep(&alert, event, at: now, in: transaction)
        }
        let turns = try ContactState.stored(conversationID, in: transaction)?.sensitive ?? []
        try AlertStates.forget(conversationID, in: transaction)
        let sensitive = try AlertTable.all(ofConversation: conversationID, limit: .max, in: transaction)
            .filter { $0.isSensitive == true }
        return WithdrawnContent(alerts: try withdraw(sensitive, in: transaction), turns: turns)
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
    init(_ candidate: AlertCandidate, _ contact: ContactFacts, turn: Int64?) {
        self.init(
            kind: candidate.kind,
            severity: candidate.severity,
            subject: Alert.Subject(.conversation, contact.conversationID),
            conversationID: contact.conversationID,
            agent: contact.agent,
            teams: contact.teams,
            customerID: contact.customerID,
            segment: contact.customer["segment"]?.string,
            locale: contact.locale,
            summary: contact.summary,
            group: candidate.group,
            escalateAfterSeconds: candidate.escalateAfterSeconds
        )
        self.turn = turn
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
            try AlertText.value(try $0.text("state"))
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
