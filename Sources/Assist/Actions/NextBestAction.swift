package import JSONRPC

/// Something the agent may do next; offered, never forced.
package struct NextBestAction: Sendable, Hashable {
    /// What kind of thing it is.
    package enum Kind: String, Sendable, CaseIterable {
        case say
        case openArticle = "open_article"
        case startScript = "start_script"
        case advanceScript = "advance_script"
        case offerResolution = "offer_resolution"
        case escalate
    }

    /// Its name, unique within the conversation: the turn, the kind, and what it is about.
    package let id: String
    /// What kind of thing it is.
    package let kind: Kind
    /// What to do, for the agent.
    package let title: String
    /// What a desktop needs to do it.
    package let target: JSONObject?
    /// How much it is advised, from 0 to 1.
    package let score: Double
    /// Why, in one sentence.
    package let because: String

    /// Makes an action of a turn; `subject` tells it from others of its kind.
    package init(
        turn: Int64,
        kind: Kind,
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

    /// The action as the wire has it.
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
