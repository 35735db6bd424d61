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
        id = "\(turn):\(kind.rawValue):\(subject)"
        self.kind = kind
        self.title = title
        self.target = target
        self.score = (score * 1_000).rounded() / 1_000
        self.because = because
    }

    /// The action in the wire format.
    package var wire: JSON {
        var members: JSONObject = [
            "action_id": .string(id), "kind": .string(kind.rawValue), "title": .string(title),
        ]
        if let target { members["target"] = .object(target) }
        members["score"] = .init(floatLiteral: score)
        members["because"] = .string(because)
        return .object(members)
    }
}
