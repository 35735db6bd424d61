/// Where an open script session stands.
package struct OpenStep: Sendable, Hashable {
    /// The session.
    package let sessionID: String
    /// The script it follows.
    package let scriptID: String
    /// The revision that a call must name.
    package let revision: Int64
    /// The step.
    package let stepID: String
    /// What the agent says there.
    package let text: String
    /// Whether the session waits for something else than the agent.
    package let isWaiting: Bool
    /// The articles that the step names.
    package let knowledge: [String]

    /// Makes the value from its members.
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

/// What the agent could settle now without asking anybody.
package struct Offer: Sendable, Hashable {
    /// An amount of money, its figure a decimal.
    package struct Limit: Sendable, Hashable {
        /// The figure, such as `25.00`.
        package let amount: String
        /// The currency, such as `EUR`.
        package let currency: String

        /// Makes the value from its members.
        package init(amount: String, currency: String) {
            self.amount = amount
            self.currency = currency
        }
    }

    /// The action, such as `refund`.
    package let action: String
    /// The reason, such as `late_delivery`.
    package let reason: String
    /// Up to how much; nil where no amount is named.
    package let limit: Limit?
    /// Why, in one sentence.
    package let because: String

    /// Makes the value from its members.
    package init(action: String, reason: String, limit: Limit? = nil, because: String) {
        self.action = action
        self.reason = reason
        self.limit = limit
        self.because = because
    }
}

/// What is known after a turn of the customer, by which next steps are chosen.
package struct ActionFacts: Sendable {
    /// The number of the turn.
    package var turn: Int64
    /// How the turn feels, from -1 to 1; nil where it was not scored.
    package var score: Double?
    /// The mood after the turn, from -1 to 1.
    package var mood: Double
    /// How many of the customer's turns in a row were negative.
    package var negativeStreak: Int
    /// What was noticed: kinds with the words.
    package var signals: [(kind: String, text: String)]
    /// The articles that are offered.
    package var suggestions: [Suggestion]
    /// Where the open script stands.
    package var step: OpenStep?
    /// The script that fits.
    package var script: ScriptFit?
    /// What could be settled.
    package var offer: Offer?

    /// Makes the value from its members; what is not given is not known.
    package init(
        turn: Int64,
        score: Double? = nil,
        mood: Double = 0,
        negativeStreak: Int = 0,
        signals: [(kind: String, text: String)] = [],
        suggestions: [Suggestion] = [],
        step: OpenStep? = nil,
        script: ScriptFit? = nil,
        offer: Offer? = nil
    ) {
        self.turn = turn
        self.score = score
        self.mood = mood
        self.negativeStreak = negativeStreak
        self.signals = signals
        self.suggestions = suggestions
        self.step = step
        self.script = script
        self.offer = offer
    }
}
