package import Access
package import Storage
package import Vocabulary

/// The two halves of observing a turn, inside one transaction; what comes between them is the caller's.
extension ConversationStore {
    private static let maximumTurns: Int64 = 100_000

    /// Finds out whether a turn is new.
    ///
    /// Turns are numbered in the order of their arrival, whatever time they carry. A repeated `turnID` with the same text
    /// gives what was answered first, also after the conversation was closed.
    ///
    /// - Throws: ``ConversationError`` `notFound`; `conflict` for a closed or full conversation, and for a known `turnID`
    ///   with another text; `forbidden` for one who acts on behalf of others and is no integration.
    package func begin(
        _ turn: PreparedTurn,
        by caller: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> TurnStart {
        try Self.check(onBehalfOf: turn.draft.onBehalfOf, by: caller)
        let id = turn.draft.conversationID
        let conversation = try changeable(id, by: ConversationVisibility(of: caller), in: transaction)
        if let answer = try Self.firstAnswer(to: turn, of: conversation, in: transaction) {
            return .repeated(answer: answer)
        }
        guard conversation.isOpen else {
            throw ConversationError(.conflict, "the conversation “\(id)” is closed", argument: "conversation_id")
        }
        if let replaced = turn.draft.replaces {
            return .revised(try Self.revise(replaced, with: turn, conversation, by: caller, in: transaction))
        }
        guard conversation.turns < Self.maximumTurns else {
            throw ConversationError(.conflict, "a conversation has at most \(Self.maximumTurns) turns")
        }
        let (continued, revised) = try continued(turn, of: conversation, in: transaction)
        var before = conversation
        for turn in revised { before.summary.requote(turn) }
        return .fresh(
            FreshTurn(
                conversation: before,
                number: conversation.turns + 1,
                prepared: continued,
                revised: revised,
                arrivedAt: now,
                sender: caller.subject
            )
        )
    }

    /// A turn as it was observed under its name.
    private struct Known {
        let text: String
        let fingerprint: String?
        let speaker: String
        let answer: String

        init(_ row: SQLRow) throws {
            text = try row.text("text")
            fingerprint = try row.optionalText("fingerprint")
            speaker = try row.text("speaker")
            answer = try row.text("answer")
        }

        func isSame(as turn: PreparedTurn) -> Bool {
            turn.isRepetition(ofText: text, fingerprint: fingerprint) && speaker == turn.draft.speaker.rawValue
        }
    }

    private static func firstAnswer(
        to turn: PreparedTurn,
        of conversation: Conversation,
        in transaction: WriteTransaction
    ) throws -> JSON? {
        guard let turnID = turn.draft.turnID else { return nil }
        let find = { (name: String, table: String) in
            try transaction.first(question(ofTurn: name, of: conversation.number, in: table), Known.init)
        }
        if let known = try find(turnID, "turns") {
            if known.isSame(as: turn) { return try StoredValue.value(JSON.self, known.answer) }
            // A turn may be replaced under its own name.
            if turn.draft.replaces == turnID { return nil }
        } else if let known = try find(turnID, "turn_replacements") {
            // Once more, and late; but the name of a former wording is no name for the next one.
            let isNext = try turn.draft.replaces.map { try find($0, "turns") != nil } ?? false
            if known.isSame(as: turn), !isNext { return try StoredValue.value(JSON.self, known.answer) }
        } else {
            return nil
        }
        throw ConversationError(.conflict, "the turn “\(turnID)” was observed with another text", argument: "turn_id")
    }

    private static func question(ofTurn name: String, of conversation: Int64, in table: String) -> SQLQuestion {
        SQLQuestion(
            "SELECT text, fingerprint, speaker, answer FROM \(table) WHERE conversation_number = $1 AND turn_id = $2",
            [.integer(conversation), .text(name)]
        )
    }

    /// What observing a turn asks, of a conversation as it was read before.
    package static func questions(ofObserving draft: TurnDraft, in conversation: Conversation) -> [SQLQuestion] {
        let turns = draft.turnID.map { name in
            ["turns", "turn_replacements"].map { question(ofTurn: name, of: conversation.number, in: $0) }
        }
        return [question(of: draft.conversationID), Store.question(of: eventLog)] + (turns ?? [])
    }

    /// Writes a turn with its answer as it is to be kept, the conversation after it, and the event of it.
    package func finish(
        _ turn: ScoredTurn,
        answer: JSON,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let draft = turn.prepared.draft
        try revise(turn.revised, of: turn.conversation, as: draft.conversationID, in: transaction)
        try transaction.post(
            """
            INSERT INTO turns (conversation_number, number, turn_id, speaker, speaker_id, text, fingerprint,
                at_microseconds, locale, score, sent_by, on_behalf_of, answer, arrived_microseconds, state, unmet)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """,
            [
                .integer(turn.conversation.number), .integer(turn.number), .optional(draft.turnID),
                .text(draft.speaker.rawValue), .optional(draft.speakerID), .text(turn.prepared.text),
                .optional(turn.prepared.fingerprint), .integer(draft.at ?? now), .optional(draft.locale),
                .optional(turn.score), .text(turn.sender), .optional(draft.onBehalfOf),
                .text(String(decoding: answer.serialized(), as: UTF8.self)), .integer(turn.arrivedAt),
                .optional(try turn.state.map { try StoredValue.text($0) }), .optional(turn.unmet),
            ]
        )
        try ConversationRow.updateProgress(turn.conversation, in: transaction)
        try Self.markOutdated(turn: turn.number, of: turn.conversation, in: transaction)
        try Self.log(.turn, of: turn.conversation, data: answer, at: now, in: transaction)
    }

    /// The latest turns of a conversation, newest first.
    package func recentTurns(of id: String, limit: Int, in transaction: some SQLReading) throws -> [Turn] {
        try transaction.rows(
            """
            SELECT \(Self.turnColumns) FROM turns t
            WHERE t.conversation_number = (SELECT c.number FROM conversations c WHERE c.id = $1)
            ORDER BY t.number DESC LIMIT $2
            """,
            [.text(id), .integer(Int64(limit))],
            Self.turn
        )
    }

    /// The latest words of the customer of a conversation, newest first, without what the turns led to.
    package func latestWords(of id: String, limit: Int, in transaction: some SQLReading) throws -> [CustomerWords] {
        try transaction.rows(
            """
            SELECT t.number, t.text, t.at_microseconds, t.locale FROM turns t
            WHERE t.conversation_number = (SELECT c.number FROM conversations c WHERE c.id = $1) AND t.speaker = $2
            ORDER BY t.number DESC LIMIT $3
            """,
            [.text(id), .text(Speaker.customer.rawValue), .integer(Int64(limit))]
        ) { row in
            CustomerWords(
                number: try row.integer("number"),
                text: try row.text("text"),
                at: try row.integer("at_microseconds"),
                locale: try row.optionalText("locale")
            )
        }
    }

    /// The turns of a conversation after a number, in order.
    package func turns(
        of conversation: Conversation,
        after number: Int64,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> [Turn] {
        try transaction.rows(
            """
            SELECT \(Self.turnColumns) FROM turns t WHERE t.conversation_number = $1 AND t.number > $2
            ORDER BY t.number LIMIT $3
            """,
            [.integer(conversation.number), .integer(number), .integer(Int64(limit))],
            Self.turn
        )
    }

    /// Who has spoken in a conversation, in the order of their first words.
    package func participants(of conversation: Conversation, in transaction: some SQLReading) throws -> [Participant] {
        try transaction.rows(
            """
            SELECT speaker, speaker_id, count(*) AS turns, min(number) AS first_number FROM turns
            WHERE conversation_number = $1 GROUP BY speaker, speaker_id ORDER BY first_number
            """,
            [.integer(conversation.number)]
        ) { row in
            let speaker = try Speaker(stored: row.text("speaker"), as: "the speaker of a turn")
            return Participant(
                speaker: speaker,
                speakerID: try row.optionalText("speaker_id"),
                turns: try row.integer("turns")
            )
        }
    }

    private static let turnColumns = """
        t.number, t.turn_id, t.speaker, t.speaker_id, t.text, t.at_microseconds, t.locale, t.score, t.unmet, \
        t.on_behalf_of, t.answer
        """

    private static func turn(_ row: SQLRow) throws -> Turn {
        let speaker = try Speaker(stored: row.text("speaker"), as: "the speaker of a turn")
        return Turn(
            number: try row.integer("number"),
            turnID: try row.optionalText("turn_id"),
            speaker: speaker,
            speakerID: try row.optionalText("speaker_id"),
            text: try row.text("text"),
            at: try row.integer("at_microseconds"),
            locale: try row.optionalText("locale"),
            score: try row.optionalReal("score"),
            unmet: try row.optionalReal("unmet"),
            onBehalfOf: try row.optionalText("on_behalf_of"),
            answer: try StoredValue.value(JSON.self, row.text("answer"))
        )
    }
}
