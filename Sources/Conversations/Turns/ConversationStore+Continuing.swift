import Redaction
import Storage
import Vocabulary

/// A turn that was stored before, and loses the beginning of a value that the next turn of its speaker completes.
package struct RequotedTurn: Sendable, Hashable {
    /// Its place in the conversation.
    let number: Int64
    /// Its text as it was stored.
    let before: String
    /// Its text from now on.
    let after: String
    /// What it lost, and what stands there now.
    let removed: [String: String]

    /// What may have been quoted of it, with what takes its place: the whole as summaries quote it first.
    package var quotes: [(from: String, to: String)] {
        [(RunningSummary.quotation(of: before), RunningSummary.quotation(of: after))]
            + removed.map { (from: $0.key, to: $0.value) }
    }
}

/// Card numbers spoken across two turns: each turn alone contains only a part of one.
extension ConversationStore {
    /// How many turns are looked through for those of the same speaker.
    private static let turnsLookedAt = 16
    /// In how many turns a value may come.
    private static let maximumPieces = 6

    /// The turn without the end of a value that the speaker's last turns began, and those turns without its beginning.
    ///
    /// Only for a turn that begins with digits are earlier ones read.
    func continued(
        _ turn: PreparedTurn,
        of conversation: Conversation,
        in transaction: some SQLReading
    ) throws -> (turn: PreparedTurn, revised: [RequotedTurn]) {
        guard conversation.turns > 0, Redactor.mayContinue(turn.text) else { return (turn, []) }
        let recent = try recentTurns(of: conversation.id, limit: Self.turnsLookedAt, in: transaction)
        let own = recent.filter { $0.speaker == turn.draft.speaker && $0.speakerID == turn.draft.speakerID }
        let earlier = Array(own.prefix(Self.maximumPieces).reversed())
        let found = Redactor().redact(CleanText.cleaned(turn.draft.text), after: earlier.map(\.text))
        guard !found.earlier.isEmpty else { return (turn, []) }
        let revised = found.earlier.sorted { $0.key < $1.key }.map { index, redacted in
            let scalars = Array(earlier[index].text.unicodeScalars)
            let removed = redacted.spans.map { span in
                (String(String.UnicodeScalarView(scalars[span.range])), span.kind.placeholder)
            }
            return RequotedTurn(
                number: earlier[index].number,
                before: earlier[index].text,
                after: redacted.text,
                removed: Dictionary(removed) { first, _ in first }
            )
        }
        return (turn.continuing(found.text.text), revised)
    }

    /// Stores revised turns, with their answers and events, and without what they lost.
    ///
    /// A repetition of such a turn is known by its fingerprint from now on.
    func revise(
        _ revised: [RequotedTurn],
        of conversation: Conversation,
        as id: String,
        in transaction: WriteTransaction
    ) throws {
        for turn in revised {
            let stored = try transaction.first(
                "SELECT turn_id, fingerprint, answer FROM turns WHERE conversation_number = $1 AND number = $2",
                [.integer(conversation.number), .integer(turn.number)]
            ) { (try $0.optionalText("turn_id"), try $0.optionalText("fingerprint"), try $0.text("answer")) }
            guard let (turnID, fingerprint, answer) = stored else { continue }
            let known = fingerprint ?? PreparedTurn.mark(of: turn.before, turnID: turnID, conversationID: id)
            try transaction.execute(
                """
                UPDATE turns SET text = $3, fingerprint = $4, answer = $5
                WHERE conversation_number = $1 AND number = $2
                """,
                [
                    .integer(conversation.number), .integer(turn.number), .text(turn.after),
                    .text(PreparedTurn.continued + known.trimmingPrefix(PreparedTurn.continued)),
                    .text(try turn.requoted(answer)),
                ]
            )
            try reviseEvents(of: conversation, turn, in: transaction)
        }
    }

    private func reviseEvents(
        of conversation: Conversation,
        _ turn: RequotedTurn,
        in transaction: WriteTransaction
    ) throws {
        let events = try transaction.rows(
            "SELECT cursor_number, data FROM conversation_events WHERE conversation_id = $1",
            [.text(conversation.id)]
        ) { (try $0.integer("cursor_number"), try $0.text("data")) }
        for (cursor, data) in events {
            let revised = try turn.requoted(data)
            guard revised != data else { continue }
            try transaction.execute(
                "UPDATE conversation_events SET data = $2 WHERE cursor_number = $1",
                [.integer(cursor), .text(revised)]
            )
        }
    }
}

extension RequotedTurn {
    /// A stored JSON text without what is quoted of the turn in its strings.
    ///
    /// - Throws: `StorageError` `corrupt`: from what cannot be read, nothing can be taken out.
    func requoted(_ stored: String) throws -> String {
        let value = try StoredValue.value(JSON.self, stored)
        let revised = requoted(value)
        return revised == value ? stored : String(decoding: revised.serialized(), as: UTF8.self)
    }

    private func requoted(_ value: JSON) -> JSON {
        switch value {
        case .null, .bool, .number: value
        case .string(let text):
            .string(quotes.reduce(text) { $1.from.isEmpty ? $0 : $0.replacing($1.from, with: $1.to) })
        case .array(let elements): .array(elements.map(requoted))
        case .object(let object):
            .object(JSONObject(object.members.map { .init(key: $0.key, value: requoted($0.value)) }))
        }
    }
}

extension RunningSummary {
    /// The summary with a revised turn quoted as it is now.
    mutating func requote(_ turn: RequotedTurn) {
        let (before, after) = (Self.quotation(of: turn.before), Self.quotation(of: turn.after))
        if concern == before { concern = after }
        if strongest == before { strongest = after }
        if latest == before { latest = after }
    }
}
