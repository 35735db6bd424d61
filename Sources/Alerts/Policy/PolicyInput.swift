import Customers
import Texts
import Vocabulary

/// What the policy sees.
enum PolicyInput {
    /// What the policy is told of an alert of the conversation.
    struct PastAlert: Sendable {
        let kind: String
        let severity: Severity
        let status: AlertStatus
    }

    /// The inputs of the policy by name; a model that does not want one leaves it out.
    ///
    /// Signals and alerts are lists of contexts, so `turn.signals.kind` is the list of kinds. The text of a turn with a
    /// sensitive signal is withheld, so that no reason quotes it.
    static func make(
        _ turn: TurnFacts,
        _ contact: ContactFacts,
        signals: [Signal],
        heard: [String: Int],
        alerts: [PastAlert]
    ) -> JSONObject {
        let heard = heard.sorted { $0.key < $1.key }
        let conversation: JSON = [
            "id": .string(contact.conversationID),
            "channel": .string(contact.channel),
            "mood": number(contact.mood),
            "trend": number(contact.trend),
            "lowest": number(contact.lowest),
            "negative_streak": .number(JSONNumber(contact.negativeStreak)),
            "turns": .number(JSONNumber(contact.turns)),
            "seconds": .number(JSONNumber(contact.seconds)),
            "signals": .array(heard.map { ["kind": .string($0.key), "count": .number(JSONNumber($0.value))] }),
            "alerts": .array(
                alerts.map {
                    [
                        "kind": .string($0.kind), "severity": .string($0.severity.rawValue),
                        "status": .string($0.status.rawValue),
                    ]
                }
            ),
        ]
        return [
            "turn": [
                "speaker": .string(turn.speaker.rawValue),
                "text": signals.contains(where: \.isSensitive) ? .null : .string(turn.text),
                "score": number(turn.score),
                "label": turn.label.map(JSON.string) ?? .null,
                "signals": .array(signals.map { ["kind": .string($0.kind), "text": .string($0.text)] }),
            ],
            "conversation": conversation,
            "customer": .object(contact.customer),
            "agent": .object(contact.agentFacts),
            "unmet": number(contact.unmet),
        ]
    }

    private static func number(_ value: Double?) -> JSON {
        value.flatMap { JSONNumber(($0 * 10_000).rounded() / 10_000) }.map(JSON.number) ?? .null
    }
}

/// What an alert of a turn says, by keys: why, and what is behind it.
enum AlertWording {
    /// Why; nil where the policy says it in words of its own.
    static func reason(
        _ candidate: AlertCandidate,
        _ turn: TurnFacts,
        _ contact: ContactFacts,
        signals: [Signal]
    ) -> KeyedText? {
        guard let key = candidate.text else { return nil }
        return KeyedText(key, values(about: candidate.about, turn, contact, signals: signals))
    }

    /// The values that a text about a signal may use.
    private static func values(
        about kind: String,
        _ turn: TurnFacts,
        _ contact: ContactFacts,
        signals: [Signal]
    ) -> [String: TextValue] {
        var values: [String: TextValue] = [
            "streak": .count(contact.negativeStreak), "channel": .name(group: "channel", code: contact.channel),
        ]
        if let signal = signals.first(where: { $0.kind == kind }) {
            if let need = signal.need { values["need"] = .keyed(need) } else { values["words"] = .text(signal.text) }
        }
        if let score = turn.score { values["score"] = .figure(score) }
        if let mood = contact.mood { values["mood"] = .figure(mood) }
        if let unmet = contact.unmet { values["unmet"] = .figure(unmet) }
        if let agent = contact.agent { values["agent"] = .text(agent) }
        if let name = CustomerFacts.spoken(contact.customer)["name"]?.string { values["customer"] = .text(name) }
        return values
    }

    /// From here on an unmet need is more likely than not, and worth a line.
    private static let unmetToTell = 0.5

    /// The phrases, the figures, and the rule where it can be told.
    ///
    /// A sensitive signal stands with its alert alone, and without words.
    static func evidence(
        _ candidate: AlertCandidate,
        _ answer: AlertRules.Answer,
        _ turn: TurnFacts,
        _ contact: ContactFacts,
        signals: [Signal]
    ) -> [KeyedText] {
        typealias Key = AlertTextKey.Evidence
        var evidence: [KeyedText] = []
        for signal in signals where !signal.isSensitive || signal.kind == candidate.about {
            var values: [String: TextValue] = ["kind": .name(group: "signal", code: signal.kind)]
            if !signal.isSensitive { values["words"] = .text(signal.text) }
            evidence.append(KeyedText(Key.signal, values))
        }
        if let score = turn.score {
            var values: [String: TextValue] = [
                "speaker": .name(group: "speaker", code: turn.speaker.rawValue), "score": .figure(score),
            ]
            if let label = turn.label { values["label"] = .name(group: "label", code: label) }
            evidence.append(KeyedText(Key.turn, values))
        }
        if let mood = contact.mood {
            var values: [String: TextValue] = ["mood": .figure(mood)]
            if let trend = contact.trend { values["trend"] = .figure(trend) }
            evidence.append(KeyedText(Key.mood, values))
        }
        if let unmet = contact.unmet, turn.speaker == .customer, unmet >= unmetToTell {
            evidence.append(KeyedText(Key.unmet, ["unmet": .figure(unmet)]))
        }
        if contact.negativeStreak > 1 {
            evidence.append(KeyedText(Key.streak, ["streak": .count(contact.negativeStreak)]))
        }
        // A table gives its answers in the order of its rules, so they can be told apart where there are as many.
        let rules = answer.because
        if rules.count == answer.candidates.count, let index = answer.candidates.firstIndex(of: candidate) {
            evidence.append(KeyedText(Key.rule, ["rule": .text(rules[index])]))
        }
        return evidence
    }
}

/// What an alert says that a turn asks for, and whether it ends with the contact.
struct AlertStatement: Sendable, Hashable {
    var words: AlertWords
    var isSensitive: Bool
}

extension AlertRules {
    /// What an alert says that a turn asks for.
    func statement(
        of candidate: AlertCandidate,
        _ answer: Answer,
        _ turn: TurnFacts,
        _ contact: ContactFacts,
        signals found: [Signal]
    ) -> AlertStatement {
        let words = AlertWords(
            AlertWording.reason(candidate, turn, contact, signals: found),
            reason: candidate.reason,
            evidence: AlertWording.evidence(candidate, answer, turn, contact, signals: found),
            in: texts.texts(for: contact.locale)
        )
        // What a turn with something sensitive raises in words of its own ends with the contact as well.
        let isSensitive =
            signals.sensitiveKinds.contains(candidate.kind)
            || found.contains { $0.isSensitive && $0.kind == candidate.about }
        return AlertStatement(words: words, isSensitive: isSensitive)
    }
}
