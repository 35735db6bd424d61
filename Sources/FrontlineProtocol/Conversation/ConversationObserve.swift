// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ConversationObserve: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var conversationId: String
        public var speaker: Speaker
        public var text: String
        public var turnId: String?
        public var replaces: String?
        public var speakerId: String?
        public var at: Timestamp?
        public var locale: String?
        public var onBehalfOf: String?

        public init(
            conversationId: String,
            speaker: Speaker,
            text: String,
            turnId: String? = nil,
            replaces: String? = nil,
            speakerId: String? = nil,
            at: Timestamp? = nil,
            locale: String? = nil,
            onBehalfOf: String? = nil
        ) {
            self.conversationId = conversationId
            self.speaker = speaker
            self.text = text
            self.turnId = turnId
            self.replaces = replaces
            self.speakerId = speakerId
            self.at = at
            self.locale = locale
            self.onBehalfOf = onBehalfOf
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The turn's number, from 1, in the order of arrival.
        public var turn: Int
        /// The `turn_id` of the turn in whose place it stands.
        public var replaces: String?
        /// How the utterance feels, as `sentiment.score` says it.
        public var sentiment: SentimentScore.Result
        /// How the customer feels by now.
        public var mood: ConversationMood
        /// What was noticed in it.
        public var signals: [Signal]
        /// The articles that fit what the customer has been saying, the surest first; none when none fits.
        public var suggestions: [Suggestion]
        /// What may be done next, the most advised first.
        public var actions: [Action]
        /// The alerts that it raised, or was added to.
        public var alerts: [String]

        public init(
            turn: Int,
            replaces: String? = nil,
            sentiment: SentimentScore.Result,
            mood: ConversationMood,
            signals: [Signal],
            suggestions: [Suggestion],
            actions: [Action],
            alerts: [String]
        ) {
            self.turn = turn
            self.replaces = replaces
            self.sentiment = sentiment
            self.mood = mood
            self.signals = signals
            self.suggestions = suggestions
            self.actions = actions
            self.alerts = alerts
        }
    }

    /// Something in a turn that rules act on.
    public struct Signal: Codable, Sendable, Hashable {
        /// What it is, as the signals in force name it.
        public var kind: String
        /// The words of the turn; for a phrase that was not said, what is missing.
        public var text: String

        public init(kind: String, text: String) {
            self.kind = kind
            self.text = text
        }
    }

    /// An article that fits what the customer has been saying.
    public struct Suggestion: Codable, Sendable, Hashable {
        /// The article.
        public var articleId: String
        /// Its title.
        public var title: String
        /// The passage that answers best.
        public var snippet: String
        /// How sure it is that the article fits, from 0.5 to 1.
        public var score: Double
        /// Why it is offered.
        public var because: String
        /// The article's language.
        public var locale: String

        public init(
            articleId: String,
            title: String,
            snippet: String,
            score: Double,
            because: String,
            locale: String
        ) {
            self.articleId = articleId
            self.title = title
            self.snippet = snippet
            self.score = score
            self.because = because
            self.locale = locale
        }
    }

    /// Something the agent may do next.
    public struct Action: Codable, Sendable, Hashable {
        /// Its name, for `assist.feedback`.
        public var actionId: String
        /// What kind of thing it is.
        public var kind: ActionKind
        /// What to do, for the agent.
        public var title: String
        /// What a desktop needs to do it, by kind: `{article_id}` to open it; `{script_id, version}` for
        /// `script.start`; `{session_id, revision, step}` for `script.advance`; `{action, reason, limit?}` for
        /// `resolution.evaluate`; `{method, kind}` for `alerts.raise`; absent for something to say.
        public var target: JSON?
        /// How much it is advised, from 0 to 1.
        public var score: Double
        /// Why.
        public var because: String

        public init(
            actionId: String,
            kind: ActionKind,
            title: String,
            target: JSON? = nil,
            score: Double,
            because: String
        ) {
            self.actionId = actionId
            self.kind = kind
            self.title = title
            self.target = target
            self.score = score
            self.because = because
        }
    }

    public static let name = "conversation.observe"
    public static let summary = "Takes one final utterance of a conversation and answers what helps the agent now"
    public static let details = """
        The same `turn_id` with the same text answers what was answered first; with another text it is `conflict`, and so
        is a closed conversation. Personal data is redacted before anything else happens. Suggestions and actions come
        with turns of the customer only, for the agent who leads the conversation, whoever sends the turn; subscribers of
        the conversation get the answer as the data of its event. Only turns of the customer are scored: what agents and
        others say is read for signals and leaves the mood as it is, and its `sentiment` is `unsupported`.

        Speech recognisers revise what they took for final: with `replaces` the new wording takes the place of an earlier
        turn, and mood, signals, summary and alerts are as if it alone had come; `turn` is the number of that place. It is
        `conflict` for a turn that was replaced before, or after which 200 more have come. In e-mails, quoted letters
        and signatures are kept but not read; what counts as such is data (`email` in `rules/signals.yaml`).
        """
    public static let access = MethodAccess.conversationActors
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    public static let parameters = [
        "conversation_id": "The conversation",
        "speaker": "Who spoke",
        "text": "What was said: a chat message, or a final stretch of transcript; at most 16000 characters",
        "turn_id": "The sender's name for the turn, by which a repetition is known",
        "replaces": "The `turn_id` of an earlier turn whose words were understood otherwise",
        "speaker_id": "Which of the speakers of a kind it was",
        "at": "When it was said; now unless given",
        "locale": "Its language; the conversation's, else the caller's attribute `locale`, else `en`",
        "on_behalf_of": "The agent for whom an integration sends it; recorded",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.turnId, path: "params.turn_id")
        try Limits.checkName(params.speakerId, path: "params.speaker_id")
        try Limits.checkName(params.locale, path: "params.locale")
        try Limits.checkName(params.onBehalfOf, path: "params.on_behalf_of")
    }
}
