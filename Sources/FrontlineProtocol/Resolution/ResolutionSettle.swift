public import JSONRPC
public import Vocabulary

/// Reports what became of something granted.
public enum ResolutionSettle: FrontlineMethod {
    /// What `resolution.settle` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The request.
        public var resolutionId: String
        /// What became of it; failed and reversed take the money out of the windows, an agent's once they are confirmed.
        public var result: SettlementResult
        /// The number of a payment or shipment, as a text or as {type, id}.
        public var reference: JSON?

        /// Makes the value from its members.
        public init(
            resolutionId: String,
            result: SettlementResult,
            reference: JSON? = nil
        ) {
            self.resolutionId = resolutionId
            self.result = result
            self.reference = reference
        }
    }

    /// What `resolution.settle` answers.
    public typealias Result = ResolutionRecord

    /// The name on the wire.
    public static let name = "resolution.settle"
    /// The method in one line.
    public static let summary = "Reports what became of something granted"
    /// More about it.
    public static let details = """
        An agent's `failed` or `reversed` is noted and releases nothing until a supervisor of the team (who did not ask for the
        grant) or an integration says the same; `settlement.confirmed` tells. Their own word counts at once. Only money is released:
        how often was granted stays counted. What is done can later be reversed, what is confirmed stays so, and what nobody has
        confirmed can be corrected.
        """
    /// Who may call it.
    public static let access = MethodAccess.settlers
    /// What its calls are ordered by.
    public static var ordering: [OrderingKey<Params>] { [.init(.resolution, \.resolutionId)] }
    /// What each parameter means.
    public static let parameters = [
        "resolution_id": "The request",
        "result":
            "What became of it; failed and reversed take the money out of the windows, an agent's once they are confirmed",
        "reference": "The number of a payment or shipment, as a text or as {type, id}",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden, .unavailable]
}
