package import Alerts
import Texts
package import Vocabulary

/// The current step of an open script session.
package struct OpenStep: Sendable, Hashable {
    /// The id of the session.
    package let sessionID: String
    /// The id of its script.
    package let scriptID: String
    /// The revision that a call must name.
    package let revision: Int64
    /// The id of the step.
    package let stepID: String
    /// What the agent says at the step.
    package let text: String
    /// Whether the session waits for something other than the agent.
    package let isWaiting: Bool
    /// The articles that the step names.
    package let knowledge: [String]

    package init(
        sessionID: String,
        scriptID: String,
        revision: Int64,
        stepID: String,
        text: String,
        isWaiting: Bool = false,
        knowledge: [String] = []
    ) {
        self.sessionID = sessionID
        self.scriptID = scriptID
        self.revision = revision
        self.stepID = stepID
        self.text = text
        self.isWaiting = isWaiting
        self.knowledge = knowledge
    }
}

/// What the agent could settle now without approval.
package struct Offer: Sendable, Hashable {
    /// An amount of money.
    package struct Limit: Sendable, Hashable {
        /// The amount as decimal text, such as `25.00`.
        package let amount: String
        /// The currency code, such as `EUR`.
        package let currency: String

        package init(amount: String, currency: String) {
            self.amount = amount
            self.currency = currency
        }
    }

    /// The action, such as `refund`.
    package let action: String
    /// The reason, such as `late_delivery`.
    package let reason: String
    /// The largest amount; nil if the action has no amount.
    package let limit: Limit?
    /// The explanation, in one sentence.
    package let because: String

    package init(action: String, reason: String, limit: Limit? = nil, because: String) {
        self.action = action
        self.reason = reason
        self.limit = limit
        self.because = because
    }
}

/// The facts after a turn of the customer, by which next best actions are chosen.
package struct ActionFacts: Sendable {
    /// The number of the turn.
    package var turn: Int64
    /// The input of the policy `alerts`: `turn`, `conversation`, `customer` and `agent`.
    package var observed: JSONObject
    /// The signals of the turn, in the form in which they may be stored.
    package var signals: [Signal]
    /// The articles offered.
    package var suggestions: [Suggestion]
    /// The current step of the open script, if any.
    package var step: OpenStep?
    /// The script that fits, if any.
    package var script: ScriptFit?
    /// What could be settled, if anything.
    package var offer: Offer?

    package init(
        turn: Int64,
        observed: JSONObject,
        signals: [Signal] = [],
        suggestions: [Suggestion] = [],
        step: OpenStep? = nil,
        script: ScriptFit? = nil,
        offer: Offer? = nil
    ) {
        self.turn = turn
        self.observed = observed
        self.signals = signals
        self.suggestions = suggestions
        self.step = step
        self.script = script
        self.offer = offer
    }

    /// The input of the policy.
    var input: JSONObject {
        var input = observed
        input["suggestions"] = .array(
            suggestions.map {
                [
                    "article_id": .string($0.articleID), "title": .string($0.title),
                    "score": .init(floatLiteral: $0.score),
                ]
            }
        )
        input["script"] = step.map(Self.input) ?? script.map(Self.input) ?? .null
        input["offer"] = offer.map(Self.input) ?? .null
        return input
    }

    private static func input(_ step: OpenStep) -> JSON {
        [
            "state": step.isWaiting ? "waiting" : "open", "script_id": .string(step.scriptID),
            "session_id": .string(step.sessionID), "revision": .number(JSONNumber(step.revision)),
            "step": .string(step.stepID), "text": step.text.isEmpty ? .null : .string(step.text),
        ]
    }

    private static func input(_ fit: ScriptFit) -> JSON {
        [
            "state": "fits", "script_id": .string(fit.script.id), "version": .number(JSONNumber(fit.script.version)),
            "title": .string(fit.script.title), "score": .init(floatLiteral: fit.score),
        ]
    }

    private static func input(_ offer: Offer) -> JSON {
        [
            "action": .string(offer.action), "reason": .string(offer.reason),
            "limit": offer.limit.map { ["amount": .string($0.amount), "currency": .string($0.currency)] } ?? .null,
        ]
    }

    /// The values available to the texts of a piece of advice.
    func values(for advice: AssistRules.Advice) -> [String: TextValue] {
        var values: [String: TextValue] = [:]
        if let signal = signals.first(where: { $0.kind == advice.about }) {
            if let need = signal.need { values["need"] = .keyed(need) } else { values["words"] = .text(signal.text) }
        }
        if let score = observed["turn"]?["score"]?.double { values["score"] = .figure(score) }
        if let mood = observed["conversation"]?["mood"]?.double { values["mood"] = .figure(mood) }
        if let streak = observed["conversation"]?["negative_streak"]?.double { values["streak"] = .count(Int(streak)) }
        if let article = suggestions.first(where: { $0.articleID == advice.about }) {
            values["article.title"] = .text(article.title)
            values["article.because"] = .text(article.because)
        }
        if let step {
            values["script.title"] = .text(step.scriptID)
            values["step.text"] = .text(step.text)
        } else if let script {
            values["script.title"] = .text(script.script.title)
            values["script.because"] = .text(script.because)
        }
        if let offer {
            values["offer.action"] = .name(group: "action", code: offer.action)
            values["offer.reason"] = .name(group: "reason", code: offer.reason)
            values["offer.because"] = .text(offer.because)
            if let limit = offer.limit {
                values["offer.limit"] = .money(amount: limit.amount, currency: limit.currency)
            }
        }
        return values
    }
}
