public import JSONRPC

/// Refuses a pending request of somebody else.
public enum ResolutionReject: FrontlineMethod {
    /// What `resolution.reject` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The request.
        public var resolutionId: String
        /// Why; kept with the request.
        public var note: String

        /// Makes the value from its members.
        public init(
            resolutionId: String,
            note: String
        ) {
            self.resolutionId = resolutionId
            self.note = note
        }
    }

    /// What `resolution.reject` answers.
    public typealias Result = ResolutionRecord

    /// The name on the wire.
    public static let name = "resolution.reject"
    /// The method in one line.
    public static let summary = "Refuses a pending request of somebody else"
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
        try Limits.check(params.note, path: "params.note")
    }
}
