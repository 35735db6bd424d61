import Vocabulary

/// A conversation as it is handed to the person it is about.
extension ConversationStore {
    static func exported(
        _ conversation: Conversation,
        turns: [Turn],
        replaced: [String],
        holdings: [Holding]
    ) throws -> JSON {
        var result = JSONObject()
        result["conversation_id"] = .string(conversation.id)
        result["channel"] = .string(conversation.channel)
        result["customer"] = conversation.customer.map(JSON.object)
        result["locale"] = conversation.locale.map(JSON.string)
        result["external_ids"] = try JSONEncoding.encode(conversation.externalIDs)
        result["tags"] = .array(conversation.tags.map(JSON.string))
        result["opened_at"] = .string(RFC3339.text(of: conversation.openedAt))
        result["closed_at"] = conversation.closedAt.map { .string(RFC3339.text(of: $0)) }
        result["disposition"] = try conversation.disposition.map { try JSONEncoding.encode($0) }
        result["mood"] = MoodFigures(conversation.mood).json
        result["summary"] = conversation.summary.text.map(JSON.string)
        result["notes"] = .array(holdings.compactMap(\.note).map(JSON.string))
        result["transfer_reasons"] = .array(holdings.compactMap(\.reason).map(JSON.string))
        result["turns"] = .array(turns.map(exported))
        result["replaced"] = .array(replaced.map(JSON.string))
        return .object(result)
    }

    private static func exported(_ turn: Turn) -> JSON {
        var result = JSONObject()
        result["number"] = .number(JSONNumber(turn.number))
        result["speaker"] = .string(turn.speaker.rawValue)
        result["text"] = .string(turn.text)
        result["at"] = .string(RFC3339.text(of: turn.at))
        result["score"] = turn.score.flatMap { JSONNumber(Mood.rounded($0)) }.map(JSON.number)
        result["unmet"] = turn.unmet.flatMap { JSONNumber(Mood.rounded($0)) }.map(JSON.number)
        return .object(result)
    }
}
