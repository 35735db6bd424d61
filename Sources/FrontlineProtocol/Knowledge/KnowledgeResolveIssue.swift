public import JSONRPC

/// Closes a complaint with what was done.
public enum KnowledgeResolveIssue: FrontlineMethod {
    /// What `knowledge.resolve_issue` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The complaint.
        public var issueId: String
        /// What was done; recorded.
        public var outcome: String

        /// Makes the value from its members.
        public init(issueId: String, outcome: String) {
            self.issueId = issueId
            self.outcome = outcome
        }
    }

    /// An empty object.
    public typealias Result = NoParams

    /// The name on the wire.
    public static let name = "knowledge.resolve_issue"
    /// The method in one line.
    public static let summary = "Closes a complaint with what was done"
    /// Who may call it.
    public static let access = MethodAccess.knowledgeManagers
    /// What each parameter means.
    public static let parameters = [
        "issue_id": "The complaint",
        "outcome": "What was done; recorded",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.outcome, path: "params.outcome")
    }
}
