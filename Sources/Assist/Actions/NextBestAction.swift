package import Vocabulary

/// An action suggested to the agent.
package struct NextBestAction: Sendable, Hashable {
    /// The id, unique within the conversation: the turn, the kind, and the subject.
    package let id: String
    package let kind: ActionKind
    /// The title shown to the agent.
    package let title: String
    /// The data that a desktop needs to perform the action.
    package let target: JSONObject?
    /// How strongly it is advised, from 0 to 1.
    package let score: Double
    /// The explanation, in one sentence.
    package let because: String

    /// Creates an action of a turn; `subject` distinguishes it from others of its kind.
    package init(
        turn: Int64,
        kind: ActionKind,
        subject: String,
        title: String,
        target: JSONObject? = nil,
        score: Double,
        because: String
    ) {
        self.init(
            id: "\(turn):\(kind.rawValue):\(subject)",
            kind: kind,
            title: title,
            target: target,
            score: (score * 1_000).rounded() / 1_000,
            because: because
        )
    }

    /// Restores an action of a stored answer.
    init(id: String, kind: ActionKind, title: String, target: JSONObject?, score: Double, because: String) {
        (self.id, self.kind, self.title) = (id, kind, title)
        (self.target, self.score, self.because) = (target, score, because)
    }
}
