// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum WorkCreate: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var kind: String
        public var title: String?
        public var subject: WorkMessage.Subject?
        public var links: WorkMessage.Links?
        public var note: String?
        public var team: String?
        public var owner: String?
        public var priority: WorkPriority?
        public var due: WorkMessage.Due?
        public var idempotencyKey: String?

        public init(
            kind: String,
            title: String? = nil,
            subject: WorkMessage.Subject? = nil,
            links: WorkMessage.Links? = nil,
            note: String? = nil,
            team: String? = nil,
            owner: String? = nil,
            priority: WorkPriority? = nil,
            due: WorkMessage.Due? = nil,
            idempotencyKey: String? = nil
        ) {
            self.kind = kind
            self.title = title
            self.subject = subject
            self.links = links
            self.note = note
            self.team = team
            self.owner = owner
            self.priority = priority
            self.due = due
            self.idempotencyKey = idempotencyKey
        }

        /// The conversation among the links, for ``WorkCreate/contacts``.
        var linkedConversation: String? {
            get { links?.conversationId }
            set { links?.conversationId = newValue }
        }
    }

    /// The item.
    public typealias Result = WorkMessage

    public static let name = "work.create"
    public static let summary = "Creates an item of work, which the rules give to a team"
    public static let details = """
        The decision `route` of the policy `work` chooses team, priority and due time; what it leaves open, or where it fails,
        its kind decides, and `because` of `work.get` says so. What the caller names goes before both. The clocks run in the
        business hours of the team; `due` promises moments instead. An integration does not see the item later.
        """
    public static let access = MethodAccess.workCreators
    public static var contacts: [ContactMember<Params>] {
        [ContactMember(.conversation, "links.conversation_id", optional: \.linkedConversation)]
    }
    public static let parameters = [
        "kind": "What kind of work, as `rules/work.yaml` has it",
        "title":
            "What is to be done; personal data is taken out. Without it, the title of the kind in the reader's language",
        "subject": "What it is about; without it, the most particular of the links",
        "links":
            "What it belongs to: conversation, customer, article, script and resolution must exist and be the caller's to see; the customer of a conversation is linked too",
        "note": "The first comment; personal data is taken out",
        "team": "The team, instead of the one that the rules choose",
        "owner": "Whom it is meant for: somebody of the team, who still has to claim it",
        "priority": "Instead of the one that the rules choose",
        "due": "Moments to come that were promised, instead of those of the clocks",
        "idempotency_key":
            "Chosen by the caller: the same key with the same body answers the same item; keys of different subjects are different",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        if let title = params.title { try Limits.check(title, path: "params.title") }
        if let note = params.note { try Limits.check(note, path: "params.note") }
        try Limits.checkName(params.kind, path: "params.kind")
        try Limits.checkName(params.team, path: "params.team")
        try Limits.checkName(params.owner, path: "params.owner")
        try Limits.checkName(params.idempotencyKey, path: "params.idempotency_key")
        try Limits.checkName(params.subject?.id, path: "params.subject.id")
        let links = params.links
        try Limits.checkName(links?.conversationId, path: "params.links.conversation_id")
        try Limits.checkName(links?.customerId, path: "params.links.customer_id")
        try Limits.checkName(links?.articleId, path: "params.links.article_id")
        try Limits.checkName(links?.scriptId, path: "params.links.script_id")
        try Limits.checkName(links?.resolutionId, path: "params.links.resolution_id")
        try Limits.checkName(links?.themeId, path: "params.links.theme_id")
        try Limits.checkName(links?.changeId, path: "params.links.change_id")
    }
}
