package import JSONRPC

/// How the observation of a turn begins.
package enum TurnStart: Sendable {
    /// The turn was observed before; this is what was answered.
    case repeated(answer: JSON)
    /// The turn is new.
    case fresh(FreshTurn)
}

/// A turn that is about to be taken up.
package struct FreshTurn: Sendable {
    /// The conversation before it.
    package let conversation: Conversation
    /// Its place in the conversation, from 1.
    package let number: Int64
    package let prepared: PreparedTurn
    /// The earlier turns of the speaker that lose the beginning of a value which this one completes.
    package let revised: [RevisedTurn]
    /// When it arrived, in microseconds since 1970.
    package let arrivedAt: Int64
    /// Who sent it.
    let sender: String

    /// Its language: its own, else the conversation's.
    package var locale: String? { prepared.draft.locale ?? conversation.locale }

    /// The turn with its score, and the conversation after it; nil when the utterance could not be scored.
    package func scored(_ score: Double?) -> ScoredTurn {
        var after = conversation
        let speaker = prepared.draft.speaker
        after.turns = number
        after.lastAt = max(after.lastAt, arrivedAt)
        after.mood.observe(score: score, speaker: speaker, at: arrivedAt)
        after.summary.observe(text: prepared.text, score: score, speaker: speaker)
        return ScoredTurn(
            conversation: after,
            number: number,
            prepared: prepared,
            revised: revised,
            score: score,
            sender: sender
        )
    }
}

/// A turn with its score, ready to be written.
package struct ScoredTurn: Sendable {
    /// The conversation after it.
    package let conversation: Conversation
    /// Its place in the conversation, from 1.
    package let number: Int64
    package let prepared: PreparedTurn
    let revised: [RevisedTurn]
    /// From -1 to 1; nil when it was not scored.
    package let score: Double?
    let sender: String
}
