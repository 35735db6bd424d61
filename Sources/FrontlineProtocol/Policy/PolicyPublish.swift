import JSONRPC

/// Checks a decision model and puts it in force at once.
///
/// A model with errors is refused with -32602 and `details`, a list of what is wrong and where. The same source
/// again, while it is in force, makes no new version.
public enum PolicyPublish: FrontlineMethod {
    /// What `policy.publish` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The policy's name, which is that of its file without the extension.
        public var name: String
        /// The model, a DMN document; for `signals` a file of signals.
        public var source: String
        /// Why; recorded.
        public var note: String?

        /// Makes the value from its members.
        public init(name: String, source: String, note: String? = nil) {
            self.name = name
            self.source = source
            self.note = note
        }
    }

    /// What `policy.publish` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The policy's name, which is that of its file without the extension.
        public var name: String
        /// The version that is now in force.
        public var version: Int
        /// The hash of its source.
        public var sha256: String
        /// What its author should look at: gaps, overlaps, rules that are never reached.
        public var warnings: [String]

        /// Makes the value from its members.
        public init(name: String, version: Int, sha256: String, warnings: [String]) {
            self.name = name
            self.version = version
            self.sha256 = sha256
            self.warnings = warnings
        }
    }

    /// The name on the wire.
    public static let name = "policy.publish"
    /// The method in one line.
    public static let summary = "Checks a decision model and puts it in force at once"
    /// More about it.
    public static let details = """
        A model with errors is refused with -32602 and `details`, a list of what is wrong and where. The same source
        again, while it is in force, makes no new version.
        """
    /// Who may call it.
    public static let access = MethodAccess.operations
    /// What each parameter means.
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension",
        "source": "The model, a DMN document; for `signals` a file of signals",
        "note": "Why; recorded",
    ]
}
