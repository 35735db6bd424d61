public import JSONRPC

/// Says up to where the caller has seen the events of alerts.
///
/// `after: "last"` in `alerts.subscribe` and `alerts.list` then goes on there, on whatever connection.
public enum AlertsRead: FrontlineMethod {
    /// What `alerts.read` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The cursor of the last event that was seen; an earlier one than before takes nothing back.
        public var cursor: String

        /// Makes the value from its members.
        public init(cursor: String) {
            self.cursor = cursor
        }
    }

    /// What `alerts.read` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The cursor up to which the caller has seen everything.
        public var cursor: String

        /// Makes the value from its members.
        public init(cursor: String) {
            self.cursor = cursor
        }
    }

    /// The name on the wire.
    public static let name = "alerts.read"
    /// The method in one line.
    public static let summary = "Says up to where the caller has seen the events of alerts"
    /// More about it.
    public static let details = """
        Kept for each subject. `after: "last"` in `alerts.subscribe` and `alerts.list` then goes on there, on whatever
        connection; it is the beginning for a subject that never said what it has seen.
        """
    /// Who may call it.
    public static let access = MethodAccess.alertReaders
    /// What each parameter means.
    public static let parameters = [
        "cursor": "The cursor of the last event that was seen; an earlier one than before takes nothing back"
    ]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        guard let number = Int64(params.cursor), number >= 0 else {
            throw .invalidParams(path: "params.cursor", expected: "a cursor that was given out")
        }
    }
}
