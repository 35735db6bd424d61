package import Storage
import Texts
package import Vocabulary

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
        let missing = required.take(
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

/// What is kept of the alerts of a conversation before a turn.
package struct AlertPast: Sendable {
    /// What the conversation has been through; nil before its first turn.
    let state: ContactState?
    /// Its alerts that are live.
    let live: [Alert]
    /// All its alerts that stand, as the policy sees them.
    let standing: [PolicyInput.PastAlert]

    init(state: ContactState?, live: [Alert], standing: [Alert]) {
        (self.state, self.live) = (state, live)
        self.standing = standing.map { PolicyInput.PastAlert($0) }
    }

    /// That of a conversation without a turn.
    package init() { self.init(state: nil, live: [], standing: []) }
}

/// What a turn comes to for the alerts of its conversation: decided, and not written yet.
package struct AlertDecision: Sendable {
    /// What is to be done for the policy, and what the alert will say.
    struct Step: Sendable {
        let action: AlertBook.Action
        let statement: AlertStatement
    }

    /// The signals of the turn; of sensitive ones what the customer needs in the place of the words.
    package let signals: [Signal]
    /// What the policy was given: `turn`, `conversation`, `customer` and `agent`.
    package let input: JSONObject
    /// What was wrong with the policy, for the log of the server; nil when nothing was.
    package let failure: String?
    let past: AlertPast
    /// The state of the conversation after the turn.
    let state: ContactState
    let steps: [Step]
    /// The kinds of alerts that need not escalate any more.
    let calmed: Set<String>
    let texts: TextSet

    /// The kinds of the alerts that it raises, or adds to.
    package var kinds: [String] { steps.map(\.action.candidate.kind) }
}

extension AlertRules {
    /// Finds the signals of a turn, asks the policy, and decides which alerts are due.
    ///
    /// Whatever the policy does, the turn is not lost: a failure is answered.
    ///
    /// - Parameters:
    ///   - turn: the turn.
    ///   - contact: the conversation, the turn included.
    ///   - past: its alerts before the turn.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: what is to be written.
    package func decide(
        _ turn: TurnFacts,
        of contact: ContactFacts,
        past: AlertPast,
        now: Int64
    ) -> AlertDecision {
        var state = past.state ?? ContactState()
        let texts = texts.texts(for: contact.locale)
        let found = state.signals(of: turn, in: contact, signals, texts)
        let input = PolicyInput.make(turn, contact, signals: found, heard: state.heard, alerts: past.standing)
        let answer = decide(input, signals: found, now: now)
        let actions = state.book.decide(
            answer.candidates,
            live: Set(past.live.map(\.kind)),
            speaker: turn.speaker,
            now: now
        )
        var calmed: Set<String> = []
        if turn.speaker == .customer, past.live.contains(where: { $0.escalatesAt != nil }) {
            calmed = self.calmed(input, now: now).subtracting(actions.map(\.candidate.kind))
        }
        return AlertDecision(
            signals: found,
            input: input,
            failure: answer.failure,
            past: past,
            state: state,
            steps: actions.map { action in
                let statement = statement(of: action.candidate, answer, turn, contact, signals: found)
                return AlertDecision.Step(action: action, statement: statement)
            },
            calmed: calmed,
            texts: texts
        )
    }
}

extension AlertDesk {
    /// Reads what is kept of a conversation before a turn.
    ///
    /// - Throws: the store's error.
    package func past(of conversationID: String, in transaction: some SQLReading) throws -> AlertPast {
        AlertPast(
            state: try ContactState.stored(conversationID, in: transaction),
            live: try AlertTable.live(Alert.Subject(.conversation, conversationID), in: transaction),
            standing: try AlertTable.standing(
                ofConversation: conversationID,
                limit: Self.maximumStanding,
                in: transaction
            )
        )
    }

    private static let maximumStanding = 2 * AlertBook.maximumAlerts

    /// What ``past(of:in:)`` asks.
    package static func questions(of conversationID: String) -> [SQLQuestion] {
        [
            ContactState.question(of: conversationID),
            AlertTable.question(ofLive: Alert.Subject(.conversation, conversationID)),
            AlertTable.question(ofStandingIn: conversationID, limit: maximumStanding),
        ]
    }

    /// Writes what a turn came to.
    ///
    /// - Parameters:
    ///   - decision: on what was read in this transaction.
    ///   - contact: the conversation, the turn included.
    ///   - now: the time, in microseconds since 1970.
    ///   - transaction: the one that keeps the turn.
    /// - Returns: the alerts that the turn raised or that it was added to, as they are now.
    /// - Throws: the store's error.
    package func write(
        _ decision: AlertDecision,
        of contact: ContactFacts,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> [Alert] {
        let (id, past) = (contact.conversationID, decision.past)
        if AlertStates.isKept(before: contact.turns) {
            let before = past.state ?? ContactState()
            try AlertStates.put(before, live: past.live, before: contact.turns, of: id, in: transaction)
        }
        let alerts = try decision.steps.map { step in
            try perform(step, contact, live: past.live, now: now, in: transaction)
        }
        let calm = past.live.filter { decision.calmed.contains($0.kind) }
        try self.calm(calm, texts: decision.texts, now: now, in: transaction)
        if decision.state != past.state { try decision.state.store(id, in: transaction) }
        return alerts
    }

    /// The contact has turned well: these alerts do not escalate.
    private func calm(_ alerts: [Alert], texts: TextSet, now: Int64, in transaction: WriteTransaction) throws {
        guard !alerts.isEmpty else { return }
        let word = KeyedText(AlertTextKey.Evidence.calmed)
        for var alert in alerts {
            guard let event = alert.calm((word, texts.text(word)), at: now) else { continue }
            try keep(&alert, event, at: now, in: transaction)
        }
    }

    private func perform(
        _ step: AlertDecision.Step,
        _ contact: ContactFacts,
        live: [Alert],
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Alert {
        let (action, statement) = (step.action, step.statement)
        if case .recur(let candidate) = action, var alert = live.first(where: { $0.kind == candidate.kind }) {
            if statement.isSensitive { (alert.isSensitive, alert.summary) = (true, nil) }
            let event = alert.recur(candidate, saying: statement.words, at: now)
            try keep(&alert, event, at: now, in: transaction)
            return alert
        }
        return try raiseNew(
            AlertRequest(action.candidate, contact, turn: Int64(contact.turns)),
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
        _ event: AlertEventKind?,
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
        try transaction.first(question(of: id)) { try AlertText.value(try $0.text("state")) }
    }

    /// What ``stored(_:in:)`` asks.
    static func question(of id: String) -> SQLQuestion {
        SQLQuestion("SELECT state FROM alert_contacts WHERE conversation_id = $1", [.text(id)])
    }

    /// Keeps the state of a conversation.
    func store(_ id: String, in transaction: WriteTransaction) throws {
        try transaction.post(
            """
            INSERT INTO alert_contacts (conversation_id, state) VALUES ($1, $2)
            ON CONFLICT (conversation_id) DO UPDATE SET state = excluded.state
            """,
            [.text(id), .text(try AlertText.text(of: self))]
        )
    }
}
