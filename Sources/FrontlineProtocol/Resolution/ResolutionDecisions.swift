// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ResolutionApprove: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var resolutionId: String
        public var note: String?
    }

    public typealias Result = ResolutionRecord

    public static let name = "resolution.approve"
    public static let summary = "Approves a pending request of somebody else, within the caller's own authority"
    public static let details = """
        The policy is asked with the approver in the place of the agent. It suffices when the approver could grant it alone, or has the
        tier that it takes. What is approved also counts in the approver's own windows. The same approval again answers the request.
        """
    public static let access = MethodAccess.approvers
    public static var ordering: [OrderingKey<Params>] { [.init(.resolution, \.resolutionId)] }
    public static let parameters = [
        "resolution_id": "The request",
        "note": "Why; kept with the request",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden, .unavailable]

    public static func validate(_ params: Params) throws(RPCError) {
        if let note = params.note { try Limits.check(note, path: "params.note") }
    }
}

public enum ResolutionReject: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var resolutionId: String
        public var note: String
    }

    public typealias Result = ResolutionRecord

    public static let name = "resolution.reject"
    public static let summary = "Refuses a pending request of somebody else"
    public static let access = MethodAccess.approvers
    public static var ordering: [OrderingKey<Params>] { [.init(.resolution, \.resolutionId)] }
    public static let parameters = [
        "resolution_id": "The request",
        "note": "Why; kept with the request",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden, .unavailable]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.note, path: "params.note")
    }
}

public enum ResolutionCancel: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var resolutionId: String
        public var reason: String
    }

    public typealias Result = ResolutionRecord

    public static let name = "resolution.cancel"
    public static let summary = "Withdraws a pending request, by who asked or a supervisor of the team"
    public static let details = """
        What was granted is not withdrawn but settled as failed or reversed.
        """
    public static let access = MethodAccess.granters
    public static var ordering: [OrderingKey<Params>] { [.init(.resolution, \.resolutionId)] }
    public static let parameters = [
        "resolution_id": "The request",
        "reason": "Why; kept with the request",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden, .unavailable]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.reason, path: "params.reason")
    }
}

public enum ResolutionSettle: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var resolutionId: String
        public var result: SettlementResult
        public var reference: JSON?
    }

    public typealias Result = ResolutionRecord

    public static let name = "resolution.settle"
    public static let summary = "Reports what became of something granted"
    public static let details = """
        An agent's `failed` or `reversed` is noted and releases nothing until a supervisor of the team (who did not ask for the
        grant) or an integration says the same; `settlement.confirmed` tells. Their own word counts at once. Only money is released:
        how often was granted stays counted. What is done can later be reversed, what is confirmed stays so, and what nobody has
        confirmed can be corrected.
        """
    public static let access = MethodAccess.settlers
    public static var ordering: [OrderingKey<Params>] { [.init(.resolution, \.resolutionId)] }
    public static let parameters = [
        "resolution_id": "The request",
        "result":
            "What became of it; failed and reversed take the money out of the windows, an agent's once they are confirmed",
        "reference": "The number of a payment or shipment, as a text or as {type, id}",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden, .unavailable]
}
