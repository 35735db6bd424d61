public import JSONRPC
import Vocabulary

/// Answers the server's figures in the Prometheus text format.
public enum ServerMetrics: FrontlineMethod {
    /// It takes no parameters.
    public typealias Params = NoParams

    /// What `server.metrics` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// One figure a line.
        public var text: String

        /// Makes the value from its members.
        public init(text: String) {
            self.text = text
        }
    }

    /// The name on the wire.
    public static let name = "server.metrics"
    /// The method in one line.
    public static let summary = "Answers the server's figures in the Prometheus text format"
    /// Who may call it.
    public static let access = MethodAccess.roles([.operations, .auditor, .admin])
}
