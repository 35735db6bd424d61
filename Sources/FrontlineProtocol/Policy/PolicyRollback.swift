// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum PolicyRollback: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var name: String
        public var version: Int
        public var reason: String

        public init(name: String, version: Int, reason: String) {
            self.name = name
            self.version = version
            self.reason = reason
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The policy's name, which is that of its file without the extension.
        public var name: String
        /// The version that is now in force.
        public var version: Int
        /// The hash of its source.
        public var sha256: String

        public init(name: String, version: Int, sha256: String) {
            self.name = name
            self.version = version
            self.sha256 = sha256
        }
    }

    public static let name = "policy.rollback"
    public static let summary = "Puts an earlier version in force again"
    public static let access = MethodAccess.operations
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension",
        "version": "The version that comes back",
        "reason": "Why; recorded",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.reason, path: "params.reason")
    }
}
