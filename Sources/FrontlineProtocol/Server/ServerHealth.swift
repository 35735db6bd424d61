public import JSONRPC

/// Tells whether the server can do its work.
public enum ServerHealth: FrontlineMethod {
    /// It takes no parameters.
    public typealias Params = NoParams

    /// What `server.health` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// `ok` when every check is, else `degraded`.
        public var status: Status
        /// Every part that was checked, by its name.
        public var checks: [String: Check]

        /// Makes the value from its members.
        public init(status: Status, checks: [String: Check]) {
            self.status = status
            self.checks = checks
        }
    }

    /// The state of the whole.
    public enum Status: String, Codable, Sendable, Hashable, CaseIterable {
        /// Everything works.
        case ok
        /// Something does not; the checks say what.
        case degraded
    }

    /// The state of one part.
    public struct Check: Codable, Sendable, Hashable {
        /// Whether the part works.
        public var ok: Bool
        /// What is known of it.
        public var detail: String?

        /// Makes the value from its members.
        public init(ok: Bool, detail: String? = nil) {
            self.ok = ok
            self.detail = detail
        }
    }

    /// The name on the wire.
    public static let name = "server.health"
    /// The method in one line.
    public static let summary = "Tells whether the server can do its work"
    /// Who may call it.
    public static let access = MethodAccess.anyone
}
