public import JSONRPC

/// Answers one alert as it is now.
public enum AlertsGet: FrontlineMethod {
    /// What `alerts.get` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The alert.
        public var alertId: String

        /// Makes the value from its members.
        public init(alertId: String) {
            self.alertId = alertId
        }
    }

    /// The alert.
    public typealias Result = AlertMessage

    /// The name on the wire.
    public static let name = "alerts.get"
    /// The method in one line.
    public static let summary = "Answers one alert as it is now"
    /// Who may call it.
    public static let access = MethodAccess.alertReaders
    /// What each parameter means.
    public static let parameters = ["alert_id": "The alert"]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
