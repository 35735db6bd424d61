// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

/// Checks which items a call is about.
enum WorkSelectionCheck {
    private static let maximum = 200

    /// Fails unless there is one id or a list of ids, and not both.
    static func check(_ id: String?, _ ids: [String]?, _ revision: Int?) throws(RPCError) {
        switch (id, ids) {
        case (let id?, nil): try Limits.checkName(id, path: "params.work_id")
        case (nil, let ids?):
            guard (1...maximum).contains(ids.count) else {
                throw .invalidParams(path: "params.work_ids", expected: "1 to \(maximum) ids")
            }
            guard revision == nil else {
                throw .invalidParams(path: "params.expected_revision", expected: "absent with work_ids")
            }
        default: throw .invalidParams(path: "params.work_id", expected: "either work_id or work_ids")
        }
    }
}

/// The descriptions that calls on items share.
private let selection = [
    "work_id": "The item",
    "work_ids": "Several items instead, up to 200; each succeeds or fails by itself",
    "expected_revision":
        "The revision of the item that the caller has seen; another one is a `conflict`. Only with `work_id`",
]

public enum WorkClaim: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var workId: String?
        public var workIds: [String]?
        public var expectedRevision: Int?

        public init(workId: String? = nil, workIds: [String]? = nil, expectedRevision: Int? = nil) {
            self.workId = workId
            self.workIds = workIds
            self.expectedRevision = expectedRevision
        }
    }

    public typealias Result = WorkAnswers

    public static let name = "work.claim"
    public static let summary = "Takes open items of work, which stops the clock `response`"
    public static let details = "An item that the caller has already stays as it is, so a repeated call does no harm."
    public static let access = MethodAccess.workers
    public static var ordering: [OrderingKey<Params>] {
        [.init(.work, optional: \.workId), .init(.work, each: \.workIds)]
    }
    public static let parameters = selection
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try WorkSelectionCheck.check(params.workId, params.workIds, params.expectedRevision)
    }
}

public enum WorkRelease: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var workId: String?
        public var workIds: [String]?
        public var note: String?
        public var expectedRevision: Int?

        public init(
            workId: String? = nil,
            workIds: [String]? = nil,
            note: String? = nil,
            expectedRevision: Int? = nil
        ) {
            self.workId = workId
            self.workIds = workIds
            self.note = note
            self.expectedRevision = expectedRevision
        }
    }

    public typealias Result = WorkAnswers

    public static let name = "work.release"
    public static let summary = "Gives items of work back to their team"
    public static let details =
        "The owner does this, or somebody who leads the team. An item without an owner stays as it is."
    public static let access = MethodAccess.workers
    public static var ordering: [OrderingKey<Params>] {
        [.init(.work, optional: \.workId), .init(.work, each: \.workIds)]
    }
    public static let parameters = selection.merging(
        ["note": "Why; personal data is taken out"],
        uniquingKeysWith: { first, _ in first }
    )
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try WorkSelectionCheck.check(params.workId, params.workIds, params.expectedRevision)
        if let note = params.note { try Limits.check(note, path: "params.note") }
    }
}

public enum WorkTransfer: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var workId: String?
        public var workIds: [String]?
        public var team: String?
        public var owner: String?
        public var note: String?
        public var expectedRevision: Int?

        public init(
            workId: String? = nil,
            workIds: [String]? = nil,
            team: String? = nil,
            owner: String? = nil,
            note: String? = nil,
            expectedRevision: Int? = nil
        ) {
            self.workId = workId
            self.workIds = workIds
            self.team = team
            self.owner = owner
            self.note = note
            self.expectedRevision = expectedRevision
        }
    }

    public typealias Result = WorkAnswers

    public static let name = "work.transfer"
    public static let summary = "Passes items of work to a team, or to a person of it"
    public static let details = """
        The item is open again and keeps its clocks. What has an owner is passed on by the owner, or by somebody who leads the team.
        """
    public static let access = MethodAccess.workers
    public static var ordering: [OrderingKey<Params>] {
        [.init(.work, optional: \.workId), .init(.work, each: \.workIds)]
    }
    public static let parameters = selection.merging(
        [
            "team": "The team; without it, the item stays with its own",
            "owner": "Whom it is meant for: somebody of the team, who still has to claim it; without it, anybody",
            "note": "Why; personal data is taken out",
        ],
        uniquingKeysWith: { first, _ in first }
    )
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try WorkSelectionCheck.check(params.workId, params.workIds, params.expectedRevision)
        try Limits.checkName(params.team, path: "params.team")
        try Limits.checkName(params.owner, path: "params.owner")
        if let note = params.note { try Limits.check(note, path: "params.note") }
        guard params.team == nil, params.owner == nil else { return }
        throw .invalidParams(path: "params.team", expected: "a team, an owner, or both")
    }
}

public enum WorkComplete: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var workId: String?
        public var workIds: [String]?
        public var outcome: [String: String]?
        public var note: String?
        public var expectedRevision: Int?

        public init(
            workId: String? = nil,
            workIds: [String]? = nil,
            outcome: [String: String]? = nil,
            note: String? = nil,
            expectedRevision: Int? = nil
        ) {
            self.workId = workId
            self.workIds = workIds
            self.outcome = outcome
            self.note = note
            self.expectedRevision = expectedRevision
        }
    }

    public typealias Result = WorkAnswers

    public static let name = "work.complete"
    public static let summary = "Says that items of work are done, and what came of them"
    public static let details = """
        The owner does this, or somebody who leads the team; an open item is claimed by the way. The same outcome again does no harm;
        another one is a `conflict`.
        """
    public static let access = MethodAccess.workers
    public static var ordering: [OrderingKey<Params>] {
        [.init(.work, optional: \.workId), .init(.work, each: \.workIds)]
    }
    public static let parameters = selection.merging(
        [
            "outcome": "What came of it, by the fields of the kind; personal data is taken out",
            "note": "Further words; personal data is taken out",
        ],
        uniquingKeysWith: { first, _ in first }
    )
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    private static let maximumFields = 20

    public static func validate(_ params: Params) throws(RPCError) {
        try WorkSelectionCheck.check(params.workId, params.workIds, params.expectedRevision)
        if let note = params.note { try Limits.check(note, path: "params.note") }
        guard let outcome = params.outcome else { return }
        try Limits.check(outcome.count, in: 0...maximumFields, path: "params.outcome")
        for (name, value) in outcome { try Limits.check(value, path: "params.outcome.\(name)") }
    }
}

public enum WorkCancel: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var workId: String?
        public var workIds: [String]?
        public var reason: String
        public var expectedRevision: Int?

        public init(
            workId: String? = nil,
            workIds: [String]? = nil,
            reason: String,
            expectedRevision: Int? = nil
        ) {
            self.workId = workId
            self.workIds = workIds
            self.reason = reason
            self.expectedRevision = expectedRevision
        }
    }

    public typealias Result = WorkAnswers

    public static let name = "work.cancel"
    public static let summary = "Says that items of work need not be done any more"
    public static let details = """
        What has an owner is cancelled by the owner, or by somebody who leads the team. Whoever created an item cancels it until
        somebody has claimed it, also if another team has it.
        """
    public static let access = MethodAccess.workers
    public static var ordering: [OrderingKey<Params>] {
        [.init(.work, optional: \.workId), .init(.work, each: \.workIds)]
    }
    public static let parameters = selection.merging(
        ["reason": "Why; personal data is taken out"],
        uniquingKeysWith: { first, _ in first }
    )
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try WorkSelectionCheck.check(params.workId, params.workIds, params.expectedRevision)
        try Limits.check(params.reason, path: "params.reason")
    }
}

public enum WorkComment: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var workId: String
        public var text: String?
        public var waiting: Bool?
        public var until: Timestamp?
        public var expectedRevision: Int?

        public init(
            workId: String,
            text: String? = nil,
            waiting: Bool? = nil,
            until: Timestamp? = nil,
            expectedRevision: Int? = nil
        ) {
            self.workId = workId
            self.text = text
            self.waiting = waiting
            self.until = until
            self.expectedRevision = expectedRevision
        }
    }

    /// The item as it is now.
    public typealias Result = WorkMessage

    public static let name = "work.comment"
    public static let summary = "Writes something about an item of work, or says that its owner waits for somebody else"
    public static let details = """
        Anybody who may change the item, or created it, comments on it, also after its end. `waiting` is for its owner, or somebody
        who leads the team: the clocks of a kind with `pause_while_waiting` stand still until `false`, or until the moment given.
        """
    public static let access = MethodAccess.workers
    public static var ordering: [OrderingKey<Params>] { [.init(.work, \.workId)] }
    public static let parameters = [
        "work_id": "The item",
        "text": "What there is to say; personal data is taken out. Needed unless `waiting` is given",
        "waiting": "True: the owner waits for somebody else. False: the wait has ended",
        "until": "When the wait ends by itself; only with `waiting: true`",
        "expected_revision": "The revision of the item that the caller has seen; another one is a `conflict`",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.workId, path: "params.work_id")
        if let text = params.text { try Limits.check(text, path: "params.text") }
        guard params.text != nil || params.waiting != nil else {
            throw .invalidParams(path: "params.text", expected: "a text, or waiting")
        }
        guard params.until == nil || params.waiting == true else {
            throw .invalidParams(path: "params.until", expected: "absent without waiting: true")
        }
    }
}
