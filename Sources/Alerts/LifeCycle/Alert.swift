package import Texts
package import Vocabulary

/// Something that somebody should look at, from its raising to its end.
///
/// A value: its life is told by the functions of `Alert+LifeCycle`, without clock and without store. Times are
/// microseconds since 1970.
package struct Alert: Sendable, Hashable, Codable {
    /// What an alert is about.
    package struct Subject: Sendable, Hashable, Codable {
        /// What kind of thing.
        package var type: AlertSubjectKind
        /// Which one.
        package var id: String

        /// Names a thing.
        package init(_ type: AlertSubjectKind, _ id: String) {
            self.type = type
            self.id = id
        }
    }

    /// What a supervisor told the agent about it.
    package struct Reply: Sendable, Hashable, Codable {
        /// Who said it.
        package let by: String
        /// What was said, redacted.
        package let text: String
        /// When, in microseconds since 1970.
        package let at: Int64
    }

    /// Its name.
    package var id: String
    /// Its place among all alerts, from 1.
    package var number: Int64
    /// The number of its last event.
    package var cursor: Int64 = 0
    /// What kind of alert, such as `threat_to_leave`.
    package var kind: String
    /// How much it matters.
    package var severity: Severity
    /// Where it stands.
    package var status: AlertStatus = .open
    /// What it is about.
    package var subject: Subject
    /// The conversation it belongs to.
    package var conversation: String?
    /// The agent of the conversation.
    package var agent: String?
    /// The teams whose supervisors see it.
    package var teams: [String]
    /// Whose data it holds.
    package var customer: String?
    /// The same, as it is compared.
    package var customerKey: String?
    /// The tier that it takes to act on it; nil for any.
    package var leastTier: Int?
    /// The customer's segment when it was raised.
    package var segment: String?
    /// The cause it shares with others.
    package var group: String?
    /// Why it was raised, in one sentence.
    package var reason: String
    /// The phrases, figures and rules behind it.
    package var because: [String]
    /// ``reason`` by its key, where it can be told in every language.
    package var text: KeyedText?
    /// ``because`` by keys; what was added to it later has none.
    var evidence: [KeyedText]?
    /// The language of ``reason`` and ``because``: that of the conversation.
    package var locale: String?
    /// What the conversation is about.
    package var summary: String?
    /// The contacts of a surge within its time, the latest first.
    package var contacts: [SurgeContact]?
    /// How often it was asked for.
    package var count = 1
    /// How often of these by others than turns of the conversation: a person, a script, a request.
    package var others: Int?
    /// The turn of the conversation that raised it; nil when others did.
    package var turn: Int64?
    /// Whether the words that it rests on were replaced, and it was raised for nothing; lists leave it out.
    package var isWithdrawn: Bool?
    /// When it was raised.
    package var raisedAt: Int64
    /// When it changed last.
    package var updatedAt: Int64
    /// Who looked at it.
    package var acknowledgedBy: String?
    /// Who ended it.
    package var resolvedBy: String?
    /// What came of it.
    package var outcome: AlertOutcome?
    /// What was last written about it.
    package var note: String?
    /// What supervisors told the agent, the oldest first; the last of it.
    package var replies: [Reply]?
    /// Whether it is part of a surge and leaves the stream alone.
    package var isMuted = false
    /// Until when it is quiet.
    package var snoozedUntil: Int64?
    /// When it escalates.
    package var escalatesAt: Int64?
    /// Whether it has escalated.
    package var isEscalated = false
    /// Whether it does not escalate because the contact turned well.
    var isCalmed: Bool?
    /// Whether its content ends with the contact.
    package var isSensitive: Bool?
    /// When it ends by itself.
    package var expiresAt: Int64

    /// The team the wire names.
    package var team: String? { teams.first }
    /// Who has taken it: resolved it, or else acknowledged it.
    package var owner: String? { resolvedBy ?? acknowledgedBy }

    /// Why it was raised, in the language of a reader; nil for that of the conversation.
    package func reason(in texts: TextSet?) -> String {
        guard let texts, let text else { return reason }
        return texts.text(text)
    }

    /// What is behind it, in the language of a reader; nil for that of the conversation.
    package func because(in texts: TextSet?) -> [String] {
        guard let texts, let evidence, evidence.count <= because.count else { return because }
        return evidence.map(texts.text) + because.dropFirst(evidence.count)
    }
}

/// A contact that is part of a surge.
package struct SurgeContact: Sendable, Hashable, Codable {
    /// The conversation.
    package let conversation: String
    /// Its agent.
    package let agent: String?
    /// The teams whose supervisors see it.
    package let teams: [String]

    /// Names a contact.
    package init(conversation: String, agent: String?, teams: [String]) {
        (self.conversation, self.agent, self.teams) = (conversation, agent, teams)
    }
}

/// Something that happened to an alert, as the log has it.
package struct AlertEvent: Sendable, Hashable {
    /// Its number, from 1 without gaps.
    package let cursor: Int64
    /// What happened.
    package let event: AlertEventKind
    /// The alert as it was then.
    package let alert: Alert
}

extension AlertStatus {
    /// Whether somebody may still have to act.
    package var isLive: Bool { self == .open || self == .acknowledged }
}

/// What happens to an alert that its conversation is told of.
package enum AlertDomainEvent: Sendable {
    /// It was raised in a conversation, or something was added to it; `in` has the words of those who follow the
    /// conversation, nil being those of its language, `at` is when, in microseconds since 1970.
    case raised(Alert, in: TextSet?, at: Int64)
    /// A supervisor said something about it to the agent.
    case replied(Alert, Alert.Reply)
}
