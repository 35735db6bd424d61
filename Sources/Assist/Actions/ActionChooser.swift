package import Texts
import Vocabulary

/// Chooses the next best actions shown to the agent from the advice of the policy; the same facts always give the same
/// result.
///
/// Of each kind only the action with the highest score is shown; of articles the best two.
package enum ActionChooser {
    /// The largest number of actions for a turn.
    package static let maximum = 4
    private static let maximumArticles = 2
    private static let maximumTitleLength = 120

    /// The actions by descending score, then in the order of the kinds, then by id.
    ///
    /// - Parameters:
    ///   - facts: the facts after the turn.
    ///   - rules: the policy `assist`.
    ///   - texts: the texts in the agent's language.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the actions, and the problem with the policy, if any.
    package static func actions(
        for facts: ActionFacts,
        rules: AssistRules,
        texts: TextSet,
        now: Int64
    ) -> (actions: [NextBestAction], failure: String?) {
        let (advice, failure) = rules.advice(on: facts.input, now: now)
        let order = ActionKind.allCases
        func place(_ kind: ActionKind) -> Int { order.firstIndex(of: kind) ?? order.count }
        let sorted = advice.sorted { left, right in
            (right.score, place(left.kind), left.about) < (left.score, place(right.kind), right.about)
        }
        var shown: [ActionKind: Int] = [:]
        let chosen = sorted.filter { advice in
            let count = shown[advice.kind, default: 0]
            shown[advice.kind] = count + 1
            return count < (advice.kind == .openArticle ? maximumArticles : 1)
        }
        return (chosen.prefix(maximum).map { action($0, facts, texts) }, failure)
    }

    private static func action(_ advice: AssistRules.Advice, _ facts: ActionFacts, _ texts: TextSet) -> NextBestAction {
        let values = facts.values(for: advice)
        return NextBestAction(
            turn: facts.turn,
            kind: advice.kind,
            subject: advice.about,
            title: clipped(texts.text(advice.text, values)),
            target: advice.target,
            score: advice.score,
            because: advice.because.map { texts.text($0, values) } ?? ""
        )
    }

    private static func clipped(_ title: String) -> String {
        title.count <= maximumTitleLength ? title : title.prefix(maximumTitleLength - 1) + "…"
    }
}
