package import Vocabulary

/// A turn that stands in the place of an earlier one: a recogniser has understood the same words otherwise.
///
/// Everything that the course of the conversation left (mood, summary, and what others keep) is worked out again from a
/// state before it, turn by turn, as if only the last wording had come.
package struct RevisedTurn: Sendable {
    /// A turn of the conversation as it is taken again.
    package struct Step: Sendable {
        /// Its place in the conversation, from 1.
        package let number: Int64
        package let speaker: Speaker
        /// What was said, redacted.
        package let text: String
        /// From -1 to 1; nil when it was not scored.
        package let score: Double?
        /// From 0 to 1; nil when it was not measured.
        package let unmet: Double?
        /// When it arrived, in microseconds since 1970.
        package let arrivedAt: Int64
    }

    /// The conversation as it is now, with the earlier wording.
    package let conversation: Conversation
    /// The place of the turn, from 1.
    package let number: Int64
    /// The name of the turn that it replaces.
    package let replaced: String
    package let prepared: PreparedTurn
    /// The place of the first turn that is taken again.
    package let first: Int64
    /// The turns from ``first`` on, the earlier wording among them.
    package let steps: [Step]
    let start: TurnState
    let sender: String

    /// Its language: its own, else the conversation's.
    package var locale: String? { prepared.draft.locale ?? conversation.locale }
}

/// Takes the turns of a conversation again, with the new wording of one of them.
package struct TurnReplay: Sendable {
    package let revised: RevisedTurn
    /// The conversation after the turns that were taken so far.
    package private(set) var conversation: Conversation
    /// The states to be kept, by the place of the turn that they stand before.
    private(set) var states: [Int64: TurnState] = [:]
    let score: Double?
    let unmet: Double?

    /// A replay before its first turn.
    ///
    /// - Parameters:
    ///   - revised: the turn.
    ///   - score: of the new wording; nil when it could not be scored. Only a customer's turn has one.
    ///   - unmet: of the new wording; nil when it was not measured. Only a customer's turn has it.
    package init(_ revised: RevisedTurn, score: Double?, unmet: Double? = nil) {
        self.revised = revised
        (self.score, self.unmet) = revised.prepared.draft.speaker == .customer ? (score, unmet) : (nil, nil)
        var conversation = revised.conversation
        (conversation.mood, conversation.summary) = (revised.start.mood, revised.start.summary)
        conversation.turns = revised.first - 1
        conversation.isForgotten = false
        self.conversation = conversation
    }

    /// The turn as it is now said to be: the new wording in its place, the others as they were.
    package func step(_ step: RevisedTurn.Step) -> RevisedTurn.Step {
        guard step.number == revised.number else { return step }
        return RevisedTurn.Step(
            number: step.number,
            speaker: revised.prepared.draft.speaker,
            text: revised.prepared.text,
            score: score,
            unmet: unmet,
            arrivedAt: step.arrivedAt
        )
    }

    /// Adds a turn to the replayed conversation.
    ///
    /// - Parameters:
    ///   - step: from ``step(_:)``.
    ///   - words: what the speaker says with it, without what is only quoted.
    ///   - isQuotable: whether the summary may quote it.
    package mutating func add(_ step: RevisedTurn.Step, words: String, isQuotable: Bool = true) {
        if TurnState.isKept(after: conversation) { states[step.number] = TurnState(after: conversation) }
        conversation.turns = step.number
        let (score, speaker) = (step.score, step.speaker)
        conversation.hear(
            words,
            score: score,
            unmet: step.unmet,
            speaker: speaker,
            at: step.arrivedAt,
            isQuotable: isQuotable
        )
    }
}
