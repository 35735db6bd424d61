import JSONRPC

/// What the policy sees, and how its answer is explained.
enum PolicyInput {
    /// What the policy is told of an alert of the conversation.
    struct PastAlert: Sendable {
        let kind: String
        let severity: Severity
        let status: Alert.Status
    }

    /// The inputs of the policy by name; a model that does not want one leaves it out.
    ///
    /// Signals and alerts are lists of contexts, so `turn.signals.kind` is the list of kinds.
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
                "text": .string(turn.text),
                "score": number(turn.score),
                "label": turn.label.map(JSON.string) ?? .null,
                "signals": .array(signals.map { ["kind": .string($0.kind), "text": .string($0.text)] }),
            ],
            "conversation": conversation,
            "customer": .object(contact.customer),
            "agent": .object(contact.agentFacts),
        ]
    }

    /// What is behind an alert: the phrases, the figures, and the rule where it can be told.
    static func reasons(
        _ action: AlertBook.Action,
        _ answer: AlertRules.Answer,
        _ turn: TurnFacts,
        _ contact: ContactFacts,
        signals: [Signal]
    ) -> [String] {
        var reasons = signals.map { "\($0.kind): “\($0.text)”" }
        if let score = turn.score {
            reasons.append("\(turn.speaker.rawValue) turn \(figure(score))" + (turn.label.map { " (\($0))" } ?? ""))
        }
        if let mood = contact.mood {
            reasons.append("mood \(figure(mood))" + (contact.trend.map { ", trend \(figure($0))" } ?? ""))
        }
        if contact.negativeStreak > 1 { reasons.append("\(contact.negativeStreak) negative turns in a row") }
        // A table gives its answers in the order of its rules, so they can be told apart where there are as many.
        let rules = answer.because
        if rules.count == answer.candidates.count, let index = answer.candidates.firstIndex(of: action.candidate) {
            reasons.append(rules[index])
        }
        return reasons
    }

    private static func number(_ value: Double?) -> JSON {
        value.flatMap { JSONNumber(($0 * 10_000).rounded() / 10_000) }.map(JSON.number) ?? .null
    }

    private static func figure(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let digits = String(abs(hundredths) % 100)
        return (hundredths < 0 ? "-" : "") + "\(abs(hundredths) / 100)."
            + String(repeating: "0", count: 2 - digits.count) + digits
    }
}
