public import JSONRPC
public import Vocabulary

/// Gives out everything that is kept about a customer, and records that it did.
public enum CustomerExport: FrontlineMethod {
    /// What `customer.export` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The customer.
        public var customerId: String

        /// Makes the value from its members.
        public init(customerId: String) {
            self.customerId = customerId
        }
    }

    /// What `customer.export` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The customer.
        public var customerId: String
        /// When.
        public var exportedAt: Timestamp
        /// What is kept, by kind; texts as they are stored, redacted.
        public var data: [String: JSON]
        /// When the customer was erased last, where nothing is kept any more.
        public var erasedAt: Timestamp?

        /// Makes the value from its members.
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

    /// The name on the wire.
    public static let name = "customer.export"
    /// The method in one line.
    public static let summary = "Gives out everything that is kept about a customer"
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
    /// Who may call it.
    public static let access = MethodAccess.auditors
    /// What each parameter means.
    public static let parameters = [
        "customer_id": "The customer"
    ]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.customerId, path: "params.customer_id")
    }
}
