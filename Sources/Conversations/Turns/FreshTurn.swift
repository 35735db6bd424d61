package import Vocabulary

/// How the observation of a turn begins.
package enum TurnStart: Sendable {
    /// The turn was observed before; this is what was kept as its answer.
    case repeated(answer: JSON)
    /// The turn is new.
    case fresh(FreshTurn)
    /// The turn stands in the place of an earlier one.
    case revised(RevisedTurn)
}

/// A turn that is about to be taken up.
package struct FreshTurn: Sendable {
    /// The conversation before it.
    package let conversation: Conversation
    /// Its place in the conversation, from 1.
    package let number: Int64
    package let prepared: PreparedTurn
    /// The earlier turns of the speaker that lose the beginning of a value which this one completes.
    package let revised: [RequotedTurn]
    /// When it arrived, in microseconds since 1970.
    package let arrivedAt: Int64
    /// Who sent it.
    let sender: String

    init(
        conversation: Conversation,
        number: Int64,
        prepared: PreparedTurn,
        revised: [RequotedTurn],
        arrivedAt: Int64,
        sender: String
    ) {
        (self.conversation, self.number, self.prepared) = (conversation, number, prepared)
        (self.revised, self.arrivedAt, self.sender) = (revised, arrivedAt, sender)
    }

    /// The next turn of a conversation, which leaves earlier ones as they are.
    package init(_ prepared: PreparedTurn, of conversation: Conversation, arrivedAt: Int64, sender: String) {
        self.init(
            conversation: conversation,
            number: conversation.turns + 1,
            prepared: prepared,
            revised: [],
            arrivedAt: arrivedAt,
            sender: sender
        )
    }

    /// Its language: its own, else the conversation's.
    package var locale: String? { prepared.draft.locale ?? conversation.locale }

    /// The turn with its score, and the conversation after it.
    ///
    /// - Parameters:
    ///   - score: from -1 to 1; nil when the utterance could not be scored. Only a customer's turn has one.
    ///   - unmet: from 0 to 1; nil when it was not measured. Only a customer's turn has it.
    ///   - words: what the speaker says with it, without what is only quoted; the whole text unless given.
    ///   - isQuotable: whether the summary may quote it.
    /// - Returns: what is to be written.
    package func scored(
        _ score: Double?,
        unmet: Double? = nil,
        words: String? = nil,
        isQuotable: Bool = true
    ) -> ScoredTurn {
        var after = conversation
        after.turns = number
        after.lastAt = max(after.lastAt, arrivedAt)
        let words = words ?? prepared.text
        let speaker = prepared.draft.speaker
        let (score, unmet) = speaker == .customer ? (score, unmet) : (nil, nil)
        after.hear(words, score: score, unmet: unmet, speaker: speaker, at: arrivedAt, isQuotable: isQuotable)
        return ScoredTurn(
            state: TurnState.isKept(after: conversation) ? TurnState(after: conversation) : nil,
            conversation: after,
            number: number,
            prepared: prepared,
            revised: revised,
            score: score,
            unmet: unmet,
            arrivedAt: arrivedAt,
            sender: sender
        )
    }
}

/// A turn with its score, ready to be written.
package struct ScoredTurn: Sendable {
    /// The state before it, where it is kept.
    let state: TurnState?
    /// The conversation after it.
    package let conversation: Conversation
    /// Its place in the conversation, from 1.
    package let number: Int64
    package let prepared: PreparedTurn
    let revised: [RequotedTurn]
    /// From -1 to 1; nil when it was not scored, as nobody's turns are but customers'.
    package let score: Double?
    /// From 0 to 1; nil when it was not measured.
    let unmet: Double?
    /// When it arrived, in microseconds since 1970.
    let arrivedAt: Int64
    let sender: String
}

extension Conversation {
    /// What somebody says moves the mood and, where it may be quoted, the summary.
    mutating func hear(
        _ words: String,
        score: Double?,
        unmet: Double?,
        speaker: Speaker,
        at: Int64,
        isQuotable: Bool
    ) {
        mood.observe(score: score, unmet: unmet, speaker: speaker, at: at)
        if isQuotable { summary.observe(text: words, score: score, speaker: speaker) }
    }
}
