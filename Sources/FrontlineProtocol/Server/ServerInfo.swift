public import JSONRPC
public import Vocabulary

/// Tells what server this is.
public enum ServerInfo: FrontlineMethod {
    /// It takes no parameters.
    public typealias Params = NoParams

    /// What `server.info` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The product's name.
        public var name: String
        /// The product's version.
        public var version: String
        /// The version of the protocol, such as `1`.
        public var `protocol`: String
        /// When the server was started.
        public var startedAt: Timestamp

        /// Makes the value from its members.
        public init(name: String, version: String, `protocol`: String, startedAt: Timestamp) {
            self.name = name
            self.version = version
            self.protocol = `protocol`
            self.startedAt = startedAt
        }
    }

    /// The name on the wire.
    public static let name = "server.info"
    /// The method in one line.
    public static let summary = "Tells what server this is"
    /// Who may call it.
    public static let access = MethodAccess.anyone
}
