public import Vocabulary

/// An item of work as it is now.
public struct WorkMessage: Codable, Sendable, Hashable {
    /// What an item is about.
    public struct Subject: Codable, Sendable, Hashable {
        /// What kind of thing.
        public var type: WorkSubjectKind
        /// Which one.
        public var id: String

        /// Makes the value from its members.
        public init(type: WorkSubjectKind, id: String) {
            self.type = type
            self.id = id
        }
    }

    /// When the clocks of an item run out.
    public struct Due: Codable, Sendable, Hashable {
        /// Until when somebody takes it.
        public var response: Timestamp?
        /// Until when it is done.
        public var done: Timestamp?

        /// Makes the value from its members.
        public init(response: Timestamp? = nil, done: Timestamp? = nil) {
            self.response = response
            self.done = done
        }
    }

    /// What an item belongs to.
    public struct Links: Codable, Sendable, Hashable {
        /// The conversation that it comes from.
        public var conversationId: String?
        /// The customer whom it is for.
        public var customerId: String?
        /// The article that it is about.
        public var articleId: String?
        /// The script that it is about.
        public var scriptId: String?
        /// The resolution that it is about.
        public var resolutionId: String?
        /// The theme of feedback that it is about.
        public var themeId: String?
        /// The change to rules or content that it is about.
        public var changeId: String?

        /// Makes the value from its members.
        public init(
            conversationId: String? = nil,
            customerId: String? = nil,
            articleId: String? = nil,
            scriptId: String? = nil,
            resolutionId: String? = nil,
            themeId: String? = nil,
            changeId: String? = nil
        ) {
            self.conversationId = conversationId
            self.customerId = customerId
            self.articleId = articleId
            self.scriptId = scriptId
            self.resolutionId = resolutionId
            self.themeId = themeId
            self.changeId = changeId
        }
    }

    /// The item.
    public var workId: String
    /// How often it has changed, from 1; `expected_revision` refers to it.
    public var revision: Int
    /// What kind of work it is, by the name in `rules/work.yaml`.
    public var kind: String
    /// What it is about.
    public var subject: Subject?
    /// What is to be done, without personal data.
    public var title: String
    /// Whose work it is.
    public var team: String?
    /// Who works on it; while it is open, whom it is meant for.
    public var owner: String?
    /// How urgent it is.
    public var priority: WorkPriority
    /// Where it stands.
    public var state: WorkState
    /// When its clocks run out, or did.
    public var due: Due
    /// Seconds until the next clock runs out; absent where none runs, and in events.
    public var lateIn: Int?
    /// Whether a clock ran out, even if the work was done later.
    public var breached: Bool
    /// The clocks that ran out; absent for none.
    public var breaches: [WorkClock]?
    /// What it belongs to.
    public var links: Links
    /// What came of it, by the fields of its kind.
    public var outcome: [String: String]?
    /// When the wait for somebody else ends by itself.
    public var waitingUntil: Timestamp?
    /// Who created it.
    public var createdBy: String
    /// When it was created.
    public var createdAt: Timestamp
    /// When it changed last.
    public var updatedAt: Timestamp
    /// When it was done or cancelled.
    public var endedAt: Timestamp?

    /// Makes the value from its members.
    public init(
        workId: String,
        revision: Int,
        kind: String,
        subject: Subject? = nil,
        title: String,
        team: String? = nil,
        owner: String? = nil,
        priority: WorkPriority,
        state: WorkState,
        due: Due,
        lateIn: Int? = nil,
        breached: Bool,
        breaches: [WorkClock]? = nil,
        links: Links,
        outcome: [String: String]? = nil,
        waitingUntil: Timestamp? = nil,
        createdBy: String,
        createdAt: Timestamp,
        updatedAt: Timestamp,
        endedAt: Timestamp? = nil
    ) {
        self.workId = workId
        self.revision = revision
        self.kind = kind
        self.subject = subject
        self.title = title
        self.team = team
        self.owner = owner
        self.priority = priority
        self.state = state
        self.due = due
        self.lateIn = lateIn
        self.breached = breached
        self.breaches = breaches
        self.links = links
        self.outcome = outcome
        self.waitingUntil = waitingUntil
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.endedAt = endedAt
    }
}

/// An entry of the history of an item.
public struct WorkHistoryEntry: Codable, Sendable, Hashable {
    /// What happened.
    public var event: WorkEventKind
    /// When.
    public var at: Timestamp
    /// Who did it; absent for the clock.
    public var actor: String?
    /// What that person wrote, without personal data.
    public var text: String?
    /// The team that it belonged to before.
    public var formerTeam: String?
    /// The owner that it had before.
    public var formerOwner: String?
    /// The clock that ran out or runs out soon.
    public var clock: WorkClock?
    /// Until when its owner waits, or when the clock runs out.
    public var until: Timestamp?

    /// Makes the value from its members.
    public init(
        event: WorkEventKind,
        at: Timestamp,
        actor: String? = nil,
        text: String? = nil,
        formerTeam: String? = nil,
        formerOwner: String? = nil,
        clock: WorkClock? = nil,
        until: Timestamp? = nil
    ) {
        self.event = event
        self.at = at
        self.actor = actor
        self.text = text
        self.formerTeam = formerTeam
        self.formerOwner = formerOwner
        self.clock = clock
        self.until = until
    }
}

/// The answer of a call that changes one item or several.
public enum WorkAnswers: Sendable, Hashable {
    /// What became of one of several items.
    public struct Piece: Codable, Sendable, Hashable {
        /// Why nothing has changed.
        public struct Failure: Codable, Sendable, Hashable {
            /// The code of the error, as a call for this item alone would have had it.
            public var code: Int
            /// What is wrong.
            public var message: String

            /// Makes the value from its members.
            public init(code: Int, message: String) {
                self.code = code
                self.message = message
            }
        }

        /// The item.
        public var workId: String
        /// The item as it is now.
        public var item: WorkMessage?
        /// Why nothing has changed.
        public var error: Failure?

        /// Makes the value from its members.
        public init(workId: String, item: WorkMessage? = nil, error: Failure? = nil) {
            self.workId = workId
            self.item = item
            self.error = error
        }
    }

    /// The item that `work_id` names, as it is now.
    case item(WorkMessage)
    /// What became of each of the items that `work_ids` names, in that order.
    case several([Piece])

    /// The item, if one was named.
    public var item: WorkMessage? { if case .item(let item) = self { item } else { nil } }
    /// What became of each, if several were named.
    public var results: [Piece]? { if case .several(let results) = self { results } else { nil } }
}

extension WorkAnswers: Codable {
    private enum CodingKeys: CodingKey { case results }

    /// Reads an item, or the results of several.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        if let results = try members.decodeIfPresent([Piece].self, forKey: .results) {
            self = .several(results)
        } else {
            self = .item(try WorkMessage(from: decoder))
        }
    }

    /// Writes the item itself, or the results of several as the member `results`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .item(let item): try item.encode(to: encoder)
        case .several(let results):
            var members = encoder.container(keyedBy: CodingKeys.self)
            try members.encode(results, forKey: .results)
        }
    }
}

extension WorkAnswers: JSONSchemaRepresentable {
    /// An object: the item for `work_id`, or `results` for `work_ids`.
    public static var jsonSchema: JSON {
        [
            "type": "object",
            "description": """
            For work_id: the item as work.get has it, without history. For work_ids: `results`, in that order, each \
            `{work_id, item}` or `{work_id, error: {code, message}}`
            """,
            "properties": [
                "work_id": ["type": "string"], "state": ["type": "string"], "revision": ["type": "integer"],
                "results": [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "properties": [
                            "work_id": ["type": "string"], "item": ["type": "object"],
                            "error": [
                                "type": "object",
                                "properties": ["code": ["type": "integer"], "message": ["type": "string"]],
                            ],
                        ],
                        "required": ["work_id"],
                    ],
                ],
            ],
        ]
    }
    /// No results.
    public static var jsonSample: JSON { ["results": []] }
    /// In words.
    public static var jsonExpectation: String { "an item of work, or results" }
}
