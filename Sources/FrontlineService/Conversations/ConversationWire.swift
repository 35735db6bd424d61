import Alerts
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
                mood: ConversationMood(MoodFigures(conversation.mood)),
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
    /// Creates the wire form of a mood.
    init(_ mood: MoodFigures) {
        self.init(
            now: mood.now,
            trend: mood.trend,
            lowest: mood.lowest,
            negativeStreak: mood.negativeStreak,
            unmet: mood.unmet
        )
    }
}

extension ConversationDisposition {
    /// Creates the wire form of a disposition.
    init(_ disposition: Disposition) {
        self.init(code: disposition.code, resolved: disposition.resolved, note: disposition.note)
    }
}

extension ConversationObserve.Result {
    /// Creates the wire form of a result.
    init(_ turn: ObservedTurn) {
        self.init(
            turn: Int(turn.number),
            replaces: turn.replaces,
            sentiment: SentimentScore.Result(turn.sentiment),
            mood: ConversationMood(turn.mood),
            signals: turn.signals.map { ConversationObserve.Signal(kind: $0.kind, text: $0.text) },
            suggestions: turn.suggestions.map(ConversationObserve.Suggestion.init),
            actions: turn.actions.map(ConversationObserve.Action.init),
            alerts: turn.alerts
        )
    }
}

extension ConversationObserve.Suggestion {
    /// Creates the wire form of a suggestion.
    init(_ suggestion: Suggestion) {
        self.init(
            articleId: suggestion.articleID,
            title: suggestion.title,
            snippet: suggestion.snippet,
            score: suggestion.score,
            because: suggestion.because,
            locale: suggestion.locale
        )
    }
}

extension ConversationObserve.Action {
    /// Creates the wire form of an action.
    init(_ action: NextBestAction) {
        self.init(
            actionId: action.id,
            kind: action.kind,
            title: action.title,
            target: action.target.map(JSON.object),
            score: action.score,
            because: action.because
        )
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
