// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum CustomerExport: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var customerId: String

        public init(customerId: String) {
            self.customerId = customerId
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The customer.
        public var customerId: String
        /// When.
        public var exportedAt: Timestamp
        /// What is kept, by kind; texts as they are stored, redacted.
        public var data: [String: JSON]
        /// When the customer was erased last, where nothing is kept any more.
        public var erasedAt: Timestamp?

        public init(
            customerId: String,
            exportedAt: Timestamp,
            data: [String: JSON],
            erasedAt: Timestamp? = nil
        ) {
            self.customerId = customerId
            self.exportedAt = exportedAt
            self.data = data
            self.erasedAt = erasedAt
        }
    }

    public static let name = "customer.export"
    public static let summary = "Gives out everything that is kept about a customer"
    public static let errors: [RPCErrorDefinition] = [.notFound]
    public static let access = MethodAccess.auditors
    public static let parameters = [
        "customer_id": "The customer"
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.customerId, path: "params.customer_id")
    }
}
