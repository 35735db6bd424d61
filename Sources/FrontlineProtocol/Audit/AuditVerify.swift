public import JSONRPC

/// Recomputes the whole chain of changes.
public enum AuditVerify: FrontlineMethod {
    /// It takes no parameters.
    public typealias Params = NoParams

    /// What `audit.verify` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// Whether every entry is as it was written and in its place.
        public var ok: Bool
        /// How many there are.
        public var entries: Int
        /// The hash of the last entry; note it elsewhere to prove later that nothing was changed.
        public var head: String
        /// The first entry that is changed, missing or out of order.
        public var firstBad: Int?

        /// Makes the value from its members.
        public init(ok: Bool, entries: Int, head: String, firstBad: Int? = nil) {
            self.ok = ok
            self.entries = entries
            self.head = head
            self.firstBad = firstBad
        }
    }

    /// The name on the wire.
    public static let name = "audit.verify"
    /// The method in one line.
    public static let summary = "Recomputes the whole chain of changes"
    /// Who may call it.
    public static let access = MethodAccess.auditors
}
