// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum CustomerErase: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var customerId: String
        public var reason: String
        public var dryRun: Bool?

        public init(customerId: String, reason: String, dryRun: Bool? = nil) {
            self.customerId = customerId
            self.reason = reason
            self.dryRun = dryRun
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// How many things were erased, by kind.
        public var erased: [String: Int]
        /// What stays, and why.
        public var kept: [Kept]
        /// What is not done yet, and is gone on with; absent once everything is.
        public var pending: [Kept]?
        /// True when nothing was changed.
        public var dryRun: Bool?

        public init(erased: [String: Int], kept: [Kept], pending: [Kept]? = nil, dryRun: Bool? = nil) {
            self.erased = erased
            self.kept = kept
            self.pending = pending
            self.dryRun = dryRun
        }
    }

    /// Something that stays.
    public struct Kept: Codable, Sendable, Hashable {
        /// What it is.
        public var what: String
        /// Why it stays.
        public var why: String

        public init(what: String, why: String) {
            self.what = what
            self.why = why
        }
    }

    public static let name = "customer.erase"
    public static let summary = "Erases everything about a customer that need not be kept"
    public static let details = """
        All modules erase in one transaction; open alerts and requests that wait for approval end. The audit chain stays
        whole: it holds no personal data, and the erasure itself is recorded in it. Then what was erased leaves the files of
        the store; what of that is not done yet, because a reader holds the write-ahead log, is told in `pending`, and the
        same call again tells whether it is done. A customer of whom nothing was ever known is `not_found`.
        """
    public static let errors: [RPCErrorDefinition] = [.notFound]
    public static let access = MethodAccess.dataProtection
    public static let parameters = [
        "customer_id": "The customer",
        "reason": "Why; recorded without the customer's names and other personal data",
        "dry_run": "Whether to count only and change nothing; false unless given",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.customerId, path: "params.customer_id")
        try Limits.check(params.reason, path: "params.reason")
    }
}
