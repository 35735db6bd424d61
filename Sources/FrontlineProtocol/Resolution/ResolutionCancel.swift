public import JSONRPC

/// Withdraws a pending request, by who asked or a supervisor of the team.
public enum ResolutionCancel: FrontlineMethod {
    /// What `resolution.cancel` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The request.
        public var resolutionId: String
        /// Why; kept with the request.
        public var reason: String

        /// Makes the value from its members.
        public init(
            resolutionId: String,
            reason: String
        ) {
            self.resolutionId = resolutionId
            self.reason = reason
        }
    }

    /// What `resolution.cancel` answers.
    public typealias Result = ResolutionRecord

    /// The name on the wire.
    public static let name = "resolution.cancel"
    /// The method in one line.
    public static let summary = "Withdraws a pending request, by who asked or a supervisor of the team"
    /// More about it.
    public static let details = """
        What was granted is not withdrawn but settled as failed or reversed.
        """
    /// Who may call it.
    public static let access = MethodAccess.granters
    /// What its calls are ordered by.
    public static var ordering: [OrderingKey<Params>] { [.init(.resolution, \.resolutionId)] }
    /// What each parameter means.
    public static let parameters = [
        "resolution_id": "The request",
        "reason": "Why; kept with the request",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden, .unavailable]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.reason, path: "params.reason")
    }
}
