import Assist
import Conversations
import FrontlineProtocol
import JSONRPC
import Vocabulary

extension ConversationFacts {
    /// Creates the wire form of a conversation in lists.
    init(_ conversation: Conversation) {
        self.init(
            header: ConversationHeader(
                conversationId: conversation.id,
                channel: conversation.channel,
                status: conversation.isOpen ? .open : .closed,
                agent: conversation.agent,
                team: conversation.teams.first,
                teams: conversation.teams,
                customerId: conversation.customerID,
                locale: conversation.locale,
                externalIds: conversation.externalIDs,
                tags: conversation.tags,
                continues: conversation.continues,
                scriptId: conversation.scriptID
            ),
            turns: Int(conversation.turns),
            course: ConversationCourse(
                mood: ConversationMood(conversation.mood),
                openedAt: Timestamp(microseconds: conversation.openedAt),
                lastAt: Timestamp(microseconds: conversation.lastAt),
                closedAt: conversation.closedAt.map { Timestamp(microseconds: $0) },
                disposition: conversation.disposition.map(ConversationDisposition.init),
                transcriptDeleted: conversation.isForgotten ? true : nil
            )
        )
    }
}

extension ConversationMood {
    /// Creates the wire form of a mood, rounded to three decimals.
    init(_ mood: Mood) {
        self.init(
            now: Mood.rounded(mood.now),
            trend: Mood.rounded(mood.trend),
            lowest: Mood.rounded(mood.lowest),
            negativeStreak: mood.negativeStreak
        )
    }
}

extension ConversationDisposition {
    /// Creates the wire form of a disposition.
    init(_ disposition: Disposition) {
        self.init(code: disposition.code, resolved: disposition.resolved, note: disposition.note)
    }
}

extension ConversationError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict: .refusal(.conflict, message, argument)
        case .forbidden: .refusal(.forbidden, message, argument)
        case .invalid: .refusal(.invalidParams, message, argument)
        }
    }
}

extension AssistError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .invalid: .refusal(.invalidParams, message, argument)
        }
    }
}
