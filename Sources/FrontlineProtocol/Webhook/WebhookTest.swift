// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum WebhookTest: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var webhook: String

        public init(webhook: String) {
            self.webhook = webhook
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// Whether the receiver took it.
        public var delivered: Bool
        /// The status of its answer, if there was one.
        public var status: Int?
        /// What was wrong.
        public var problem: String?
        /// How long it took.
        public var milliseconds: Int

        public init(delivered: Bool, status: Int? = nil, problem: String? = nil, milliseconds: Int) {
            self.delivered = delivered
            self.status = status
            self.problem = problem
            self.milliseconds = milliseconds
        }
    }

    public static let name = "webhook.test"
    public static let summary = "Sends a signed event of the type `webhook.test` to a webhook at once"
    public static let details = """
        A webhook that was stopped by an answer 410, or whose receiver is left alone, goes on when its receiver takes the test. A test \
        that fails is a result, and changes nothing.
        """
    public static let access = MethodAccess.operations
    public static let parameters = ["webhook": "The webhook"]
    public static let errors: [RPCErrorDefinition] = [.notFound]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.webhook, path: "params.webhook")
    }
}
