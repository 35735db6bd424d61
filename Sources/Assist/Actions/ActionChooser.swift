import JSONRPC

/// Chooses what the agent may do next: fixed rules over what is known after a turn, the same facts always the same
/// choice.
package enum ActionChooser {
    /// At most so many actions are offered for a turn.
    package static let maximum = 4
    /// What is advised less is not offered.
    private static let leastScore = 0.3
    /// From this score down a turn calls for an apology.
    private static let hurt = -0.4
    /// From this many negative turns in a row on help is advised, when the mood is below ``lowMood``.
    private static let longStreak = 3
    private static let lowMood = -0.45
    private static let longestTitle = 120

    /// What a kind of signal calls for.
    private struct Advice {
        let kind: NextBestAction.Kind
        let title: String
        let score: Double
    }

    /// By the kinds that `rules/signals.yaml` of the samples names.
    private static let advice: [String: Advice] = [
        "safety": Advice(kind: .escalate, title: "Call for help: somebody may be in danger", score: 0.98),
        "self_harm": Advice(
            kind: .escalate,
            title: "Call for help at once: the customer speaks of self-harm",
            score: 0.99
        ),
        "threat_of_violence": Advice(kind: .escalate, title: "Call a supervisor: violence was threatened", score: 0.96),
        "supervisor_request": Advice(kind: .escalate, title: "Call a supervisor, as the customer asks", score: 0.92),
        "regulator": Advice(kind: .escalate, title: "Tell a supervisor that an authority was named", score: 0.7),
        "legal_threat": Advice(kind: .escalate, title: "Tell a supervisor that a lawyer was named", score: 0.68),
        "publicity_threat": Advice(
            kind: .escalate,
            title: "Tell a supervisor that the public was named",
            score: 0.6
        ),
        "fraud": Advice(
            kind: .say,
            title: "Take the suspicion of fraud seriously, and say what is checked now",
            score: 0.73
        ),
        "abuse": Advice(kind: .say, title: "Stay calm, name the behaviour, and warn once", score: 0.72),
        "threat_to_leave": Advice(
            kind: .say,
            title: "Say that you want to keep the customer; ask what is missing",
            score: 0.74
        ),
        "repeated_contact": Advice(
            kind: .say,
            title: "Apologise that it takes another contact, and own the case",
            score: 0.76
        ),
        "vulnerability": Advice(kind: .say, title: "Slow down, and ask what would make it easier", score: 0.78),
    ]

    /// The actions, the most advised first; of equal ones in the order of the kinds, then of their ids.
    package static func actions(for facts: ActionFacts) -> [NextBestAction] {
        var actions = signalled(facts) + consoling(facts) + articles(facts)
        actions += [script(facts), offer(facts)].compactMap(\.self)
        let order = NextBestAction.Kind.allCases
        func place(_ action: NextBestAction) -> Int { order.firstIndex(of: action.kind) ?? order.count }
        let sorted = actions.filter { $0.score >= leastScore }.sorted { left, right in
            (right.score, place(left), left.id) < (left.score, place(right), right.id)
        }
        return Array(sorted.prefix(maximum))
    }

    /// What the signals call for: at most one escalation and one thing to say.
    private static func signalled(_ facts: ActionFacts) -> [NextBestAction] {
        var best: [NextBestAction.Kind: NextBestAction] = [:]
        for signal in facts.signals {
            guard let advice = advice[signal.kind], advice.score > best[advice.kind]?.score ?? 0 else { continue }
            best[advice.kind] = NextBestAction(
                turn: facts.turn,
                kind: advice.kind,
                subject: signal.kind,
                title: advice.title,
                target: advice.kind == .escalate ? ["method": "alerts.raise", "kind": "help"] : nil,
                score: advice.score,
                because: "The customer said “\(signal.text)”"
            )
        }
        return NextBestAction.Kind.allCases.compactMap { best[$0] }
    }

    /// An apology for a turn that hurts, and help when the mood stays low.
    private static func consoling(_ facts: ActionFacts) -> [NextBestAction] {
        var actions: [NextBestAction] = []
        let says = facts.signals.contains { advice[$0.kind]?.kind == .say }
        let escalates = facts.signals.contains { advice[$0.kind]?.kind == .escalate }
        if !says, let score = facts.score, score <= hurt || facts.negativeStreak >= 2 && score < 0 {
            let because =
                facts.negativeStreak >= 2
                ? "The last \(facts.negativeStreak) turns of the customer were negative"
                : "What the customer says sounds negative (\(rounded(score)))"
            actions.append(
                NextBestAction(
                    turn: facts.turn,
                    kind: .say,
                    subject: "apologise",
                    title: "Apologise, and say what happens next",
                    score: min(0.75, 0.4 + 0.35 * abs(min(score, facts.mood))),
                    because: because
                )
            )
        }
        if !escalates, facts.negativeStreak >= longStreak, facts.mood < lowMood {
            actions.append(
                NextBestAction(
                    turn: facts.turn,
                    kind: .escalate,
                    subject: "mood",
                    title: "Ask a supervisor to listen in",
                    target: ["method": "alerts.raise", "kind": "help"],
                    score: 0.66,
                    because:
                        "The mood is at \(rounded(facts.mood)) after \(facts.negativeStreak) negative turns in a row"
                )
            )
        }
        return actions
    }

    private static func articles(_ facts: ActionFacts) -> [NextBestAction] {
        facts.suggestions.prefix(2).map { suggestion in
            NextBestAction(
                turn: facts.turn,
                kind: .openArticle,
                subject: suggestion.articleID,
                title: clipped("Open “\(suggestion.title)”"),
                target: ["article_id": .string(suggestion.articleID)],
                score: 0.85 * suggestion.score,
                because: suggestion.because
            )
        }
    }

    /// The next step of the script that is open, or the script that fits when none is.
    private static func script(_ facts: ActionFacts) -> NextBestAction? {
        if let step = facts.step {
            guard !step.isWaiting else { return nil }
            return NextBestAction(
                turn: facts.turn,
                kind: .advanceScript,
                subject: step.sessionID,
                title: clipped(step.text.isEmpty ? "Go on with the script" : step.text),
                target: [
                    "session_id": .string(step.sessionID), "revision": .number(JSONNumber(step.revision)),
                    "step": .string(step.stepID),
                ],
                score: 0.6,
                because: "The script “\(step.scriptID)” stands at this step"
            )
        }
        guard let fit = facts.script else { return nil }
        return NextBestAction(
            turn: facts.turn,
            kind: .startScript,
            subject: fit.script.id,
            title: clipped("Start the script “\(fit.script.title)”"),
            target: ["script_id": .string(fit.script.id), "version": .number(JSONNumber(fit.script.version))],
            score: 0.4 + 0.5 * fit.score,
            because: fit.because
        )
    }

    private static func offer(_ facts: ActionFacts) -> NextBestAction? {
        guard let offer = facts.offer else { return nil }
        var target: JSONObject = ["action": .string(offer.action), "reason": .string(offer.reason)]
        var title = "Offer: \(words(offer.action)) (\(words(offer.reason)))"
        if let limit = offer.limit {
            target["limit"] = ["amount": .string(limit.amount), "currency": .string(limit.currency)]
            title += ", up to \(limit.amount) \(limit.currency)"
        }
        return NextBestAction(
            turn: facts.turn,
            kind: .offerResolution,
            subject: "\(offer.action).\(offer.reason)",
            title: clipped(title),
            target: target,
            score: facts.mood < 0 || (facts.score ?? 0) < 0 ? 0.62 : 0.45,
            because: offer.because
        )
    }

    private static func words(_ name: String) -> String { name.replacing("_", with: " ") }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    private static func clipped(_ title: String) -> String {
        title.count <= longestTitle ? title : title.prefix(longestTitle - 1) + "…"
    }
}
