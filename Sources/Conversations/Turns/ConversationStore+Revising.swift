import Access
package import Storage
package import Vocabulary

/// Replacing a turn by another wording of it.
extension ConversationStore {
    /// So many turns are taken again for one replacement: recognisers revise what was just said.
    private static let maximumReplay = 200

    /// Finds the turn that is replaced, and the later turns that have to be processed again.
    static func revise(
        _ replaced: String,
        with turn: PreparedTurn,
        _ conversation: Conversation,
        by caller: Principal,
        in transaction: WriteTransaction
    ) throws -> RevisedTurn {
        let number = try transaction.first(
            "SELECT number FROM turns WHERE conversation_number = $1 AND turn_id = $2",
            [.integer(conversation.number), .text(replaced)]
        ) { try $0.integer("number") }
        guard let number else {
            let wasReplaced = try transaction.first(
                "SELECT 1 FROM turn_replacements WHERE conversation_number = $1 AND turn_id = $2",
                [.integer(conversation.number), .text(replaced)]
            ) { _ in true }
            throw wasReplaced == true
                ? ConversationError(.conflict, "the turn “\(replaced)” was replaced before", argument: "replaces")
                : ConversationError(.notFound, "there is no turn “\(replaced)”", argument: "replaces")
        }
        let (first, state) = try TurnState.nearest(before: number, of: conversation.number, in: transaction)
        guard conversation.turns - first < Int64(maximumReplay) else {
            throw ConversationError(.conflict, "too much was said since the turn “\(replaced)”", argument: "replaces")
        }
        return RevisedTurn(
            conversation: conversation,
            number: number,
            replaced: replaced,
            prepared: turn,
            first: first,
            steps: try steps(of: conversation, from: first, in: transaction),
            start: state,
            sender: caller.subject
        )
    }

    private static func steps(
        of conversation: Conversation,
        from first: Int64,
        in transaction: some SQLReading
    ) throws -> [RevisedTurn.Step] {
        try transaction.rows(
            """
            SELECT number, speaker, text, score, unmet, coalesce(arrived_microseconds, at_microseconds) AS taken_microseconds
            FROM turns WHERE conversation_number = $1 AND number >= $2 ORDER BY number
            """,
            [.integer(conversation.number), .integer(first)]
        ) { row in
            let speaker = try Speaker(stored: row.text("speaker"), as: "the speaker of a turn")
            return RevisedTurn.Step(
                number: try row.integer("number"),
                speaker: speaker,
                text: try row.text("text"),
                score: try row.optionalReal("score"),
                unmet: try row.optionalReal("unmet"),
                arrivedAt: try row.integer("taken_microseconds")
            )
        }
    }

    /// Writes the new wording in the place of the earlier one, the conversation after all turns, and the event of it.
    ///
    /// - Parameters:
    ///   - replay: after its last turn.
    ///   - answer: what is answered to the new wording.
    ///   - now: the time, in microseconds since 1970.
    ///   - transaction: the one in which the turn was found.
    /// - Returns: the conversation as it is now.
    /// - Throws: the store's error.
    package func finish(
        _ replay: TurnReplay,
        answer: JSON,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Conversation {
        let revised = replay.revised
        let number = SQLValue.integer(revised.conversation.number)
        let draft = revised.prepared.draft
        let name = draft.turnID ?? revised.replaced
        if name != revised.replaced {
            try transaction.execute(
                """
                INSERT INTO turn_replacements (conversation_number, turn_id, speaker, text, fingerprint, answer)
                SELECT conversation_number, turn_id, speaker, text, fingerprint, answer FROM turns
                WHERE conversation_number = $1 AND turn_id = $2
                """,
                [number, .text(revised.replaced)]
            )
        }
        try transaction.execute(
            """
            UPDATE turns SET turn_id = $3, speaker = $4, speaker_id = $5, text = $6, fingerprint = $7,
                at_microseconds = coalesce($8, at_microseconds), locale = $9, score = $10, sent_by = $11,
                on_behalf_of = $12, answer = $13, unmet = $14
            WHERE conversation_number = $1 AND number = $2
            """,
            [
                number, .integer(revised.number), .text(name), .text(draft.speaker.rawValue),
                .optional(draft.speakerID), .text(revised.prepared.text), .optional(revised.prepared.fingerprint),
                .optional(draft.at), .optional(draft.locale), .optional(replay.score), .text(revised.sender),
                .optional(draft.onBehalfOf), .text(String(decoding: answer.serialized(), as: UTF8.self)),
                .optional(replay.unmet),
            ]
        )
        for (place, state) in replay.states.sorted(by: { $0.key < $1.key }) {
            try transaction.execute(
                "UPDATE turns SET state = $3 WHERE conversation_number = $1 AND number = $2",
                [number, .integer(place), .text(try StoredValue.text(state))]
            )
        }
        var after = replay.conversation
        after.revision += 1
        after.lastAt = max(after.lastAt, now)
        try ConversationRow.updateProgress(after, in: transaction)
        try Self.markOutdated(turn: revised.number, of: after, in: transaction)
        // Of the next turn it is counted who spoke before it.
        if revised.number < after.turns {
            try Self.markOutdated(turn: revised.number + 1, of: after, in: transaction)
        }
        try Self.log(.turn, of: after, data: answer, at: now, in: transaction)
        return after
    }
}
