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

/// The parsed id of an action: the turn, the kind, and the subject.
struct ActionName {
    let turn: Int64
    let kind: ActionKind
    let subject: String

    /// Parses an id as given in an answer; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let turn = Int64(parts[0]), let kind = ActionKind(rawValue: String(parts[1])),
            !parts[2].isEmpty
        else { return nil }
        self.turn = turn
        self.kind = kind
        subject = String(parts[2])
    }
}
