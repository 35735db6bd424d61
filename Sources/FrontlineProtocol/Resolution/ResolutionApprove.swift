public import JSONRPC

/// Approves a pending request of somebody else, within the caller's own authority.
public enum ResolutionApprove: FrontlineMethod {
    /// What `resolution.approve` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The request.
        public var resolutionId: String
        /// Why; kept with the request.
        public var note: String?

        /// Makes the value from its members.
        public init(
            resolutionId: String,
            note: String? = nil
        ) {
            self.resolutionId = resolutionId
            self.note = note
        }
    }

    /// What `resolution.approve` answers.
    public typealias Result = ResolutionRecord

    /// The name on the wire.
    public static let name = "resolution.approve"
    /// The method in one line.
    public static let summary = "Approves a pending request of somebody else, within the caller's own authority"
    /// More about it.
    public static let details = """
        The policy is asked with the approver in the place of the agent. It suffices when the approver could grant it alone, or has the
        tier that it takes. What is approved also counts in the approver's own windows. The same approval again answers the request.
        """
    /// Who may call it.
    public static let access = MethodAccess.approvers
    /// What its calls are ordered by.
    public static var ordering: [OrderingKey<Params>] { [.init(.resolution, \.resolutionId)] }
    /// What each parameter means.
    public static let parameters = [
        "resolution_id": "The request",
        "note": "Why; kept with the request",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden, .unavailable]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        if let note = params.note { try Limits.check(note, path: "params.note") }
    }
}
