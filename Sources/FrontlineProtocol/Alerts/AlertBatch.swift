import JSONRPC

/// The alerts that a call was about, as they are now.
public struct AlertBatch: Codable, Sendable, Hashable {
    /// The alerts: in the order of the ids, or of a group oldest first.
    public var alerts: [AlertMessage]

    /// Makes the value from its members.
    public init(alerts: [AlertMessage]) {
        self.alerts = alerts
    }
}

/// Checks which alerts a call is about.
enum AlertSelectionCheck {
    private static let maximum = 1_000
    private static let longestGroup = 200

    /// Fails unless there is a list of ids, or a group, and not both.
    static func check(_ ids: [String]?, _ group: String?) throws(RPCError) {
        switch (ids, group) {
        case (let ids?, nil):
            guard (1...maximum).contains(ids.count) else {
                throw .invalidParams(path: "params.alert_ids", expected: "1 to \(maximum) ids")
            }
        case (nil, let group?):
            guard (1...longestGroup).contains(group.count) else {
                throw .invalidParams(path: "params.group", expected: "the name of a group")
            }
        default:
            throw .invalidParams(path: "params.alert_ids", expected: "either alert_ids or group")
        }
    }
}
