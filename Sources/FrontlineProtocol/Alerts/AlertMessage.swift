public import Vocabulary

/// An alert as the wire shows it: something that somebody should look at.
public struct AlertMessage: Codable, Sendable, Hashable {
    /// What an alert is about.
    public struct Subject: Codable, Sendable, Hashable {
        /// What kind of thing.
        public var type: AlertSubjectKind
        /// Which one; the group for a surge.
        public var id: String

        /// Makes the value from its members.
        public init(type: AlertSubjectKind, id: String) {
            self.type = type
            self.id = id
        }
    }

    /// A contact that is part of a surge.
    public struct Contact: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String
        /// Its agent.
        public var agent: String?
        /// The first of the teams whose supervisors see it.
        public var team: String?

        /// Makes the value from its members.
        public init(conversationId: String, agent: String? = nil, team: String? = nil) {
            self.conversationId = conversationId
            self.agent = agent
            self.team = team
        }
    }

    /// Names the alert.
    public var alertId: String
    /// The cursor of its last event.
    public var cursor: Cursor
    /// What kind of alert, such as `threat_to_leave`, `help`, `approval` or `surge`.
    public var kind: String
    /// How much it matters.
    public var severity: Severity
    /// Where it stands.
    public var status: AlertStatus
    /// What it is about.
    public var subject: Subject
    /// The conversation it belongs to.
    public var conversationId: String?
    /// The agent of the conversation.
    public var agent: String?
    /// The first of the teams whose supervisors see it.
    public var team: String?
    /// The customer.
    public var customerId: String?
    /// The customer's segment when it was raised.
    public var segment: String?
    /// The cause it shares with others.
    public var group: String?
    /// Why it was raised, in one sentence, in the language of the reader's token, else of the conversation.
    public var reason: String
    /// The phrases, figures and rules behind it.
    public var because: [String]
    /// What the conversation is about, in its own sentences.
    public var summary: String?
    /// How often it was asked for; of a surge how many contacts it has now.
    public var count: Int
    /// When it was raised.
    public var raisedAt: Timestamp
    /// When it changed last.
    public var updatedAt: Timestamp
    /// Who has taken it: resolved it, or else acknowledged it.
    public var owner: String?
    /// Who acknowledged it.
    public var acknowledgedBy: String?
    /// Who resolved it.
    public var resolvedBy: String?
    /// What came of it.
    public var outcome: AlertOutcome?
    /// What was last written about it.
    public var note: String?
    /// What supervisors told the agent about it, the oldest first; the last ten.
    public var replies: [AlertReply]?
    /// Until when it is quiet.
    public var snoozedUntil: Timestamp?
    /// Whether it is part of a surge and leaves the stream alone.
    public var muted: Bool?
    /// The contacts of a surge that the reader may see, the latest first, at most 50.
    public var contacts: [Contact]?
    /// Whether the words that it rests on were replaced, and it was raised for nothing; lists leave it out.
    public var withdrawn: Bool?

    /// Makes the value from its members.
    public init(
        alertId: String,
        cursor: Cursor,
        kind: String,
        severity: Severity,
        status: AlertStatus,
        subject: Subject,
        conversationId: String? = nil,
        agent: String? = nil,
        team: String? = nil,
        customerId: String? = nil,
        segment: String? = nil,
        group: String? = nil,
        reason: String,
        because: [String],
        summary: String? = nil,
        count: Int,
        raisedAt: Timestamp,
        updatedAt: Timestamp,
        owner: String? = nil,
        acknowledgedBy: String? = nil,
        resolvedBy: String? = nil,
        outcome: AlertOutcome? = nil,
        note: String? = nil,
        replies: [AlertReply]? = nil,
        snoozedUntil: Timestamp? = nil,
        muted: Bool? = nil,
        contacts: [Contact]? = nil,
        withdrawn: Bool? = nil
    ) {
        self.alertId = alertId
        self.cursor = cursor
        self.kind = kind
        self.severity = severity
        self.status = status
        self.subject = subject
        self.conversationId = conversationId
        self.agent = agent
        self.team = team
        self.customerId = customerId
        self.segment = segment
        self.group = group
        self.reason = reason
        self.because = because
        self.summary = summary
        self.count = count
        self.raisedAt = raisedAt
        self.updatedAt = updatedAt
        self.owner = owner
        self.acknowledgedBy = acknowledgedBy
        self.resolvedBy = resolvedBy
        self.outcome = outcome
        self.note = note
        self.replies = replies
        self.snoozedUntil = snoozedUntil
        self.muted = muted
        self.contacts = contacts
        self.withdrawn = withdrawn
    }
}

/// What a supervisor told the agent about an alert.
public struct AlertReply: Codable, Sendable, Hashable {
    /// Who said it.
    public var by: String
    /// What was said, without personal data.
    public var text: String
    /// When.
    public var at: Timestamp

    /// Makes the value from its members.
    public init(by: String, text: String, at: Timestamp) {
        self.by = by
        self.text = text
        self.at = at
    }
}
