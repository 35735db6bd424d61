package import Access
import Storage
import Vocabulary

extension ConversationStore {
    /// Ends a conversation; later turns are refused.
    ///
    /// Closing it again with the same disposition, or with none, answers the same.
    ///
    /// - Parameters:
    ///   - id: the conversation.
    ///   - disposition: how it ended.
    ///   - caller: who closes it.
    ///   - subject: for whom, where the caller is an integration.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the conversation as it is now.
    /// - Throws: ``ConversationError`` `notFound`; `conflict` when it was closed with another disposition.
    @discardableResult
    package func close(
        _ id: String,
        disposition: Disposition?,
        by caller: Principal,
        onBehalfOf subject: String? = nil,
        now: Int64
    ) async throws -> Conversation {
        try Self.check(onBehalfOf: subject, by: caller)
        let disposition = disposition.map { given in
            Disposition(
                code: CleanText.redacted(given.code),
                resolved: given.resolved,
                note: given.note.map { CleanText.redacted($0) }
            )
        }
        return try await transactions.write { transaction in
            var conversation = try changeable(id, by: ConversationVisibility(of: caller), in: transaction)
            guard conversation.isOpen else {
                guard disposition == nil || disposition == conversation.disposition else {
                    throw ConversationError(.conflict, "the conversation “\(id)” was closed otherwise")
                }
                return Eventful(conversation)
            }
            conversation.closedAt = max(now, conversation.openedAt)
            conversation.lastAt = max(now, conversation.lastAt)
            conversation.disposition = disposition
            try ConversationRow.updateEnding(conversation, in: transaction)
            let data = try Self.data(ofClosed: conversation)
            try Self.log(.closed, of: conversation, data: data, at: now, in: transaction)
            try Self.audit(
                "close",
                conversation,
                by: caller,
                onBehalfOf: subject,
                text: disposition?.code,
                now: now,
                in: transaction
            )
            return Eventful(conversation, [.closed(conversation, by: caller.subject, at: now)])
        }
    }

    private static func data(ofClosed conversation: Conversation) throws -> JSON {
        var data = JSONObject()
        data["disposition"] = try conversation.disposition.map { try JSONEncoding.encode($0) }
        data["mood"] = MoodFigures(conversation.mood).json
        data["summary"] = conversation.summary.text.map(JSON.string)
        return .object(data)
    }
}
