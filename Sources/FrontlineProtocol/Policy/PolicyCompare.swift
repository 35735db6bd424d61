public import JSONRPC

/// Tells what changed between two versions of a policy, in words.
///
/// Decision tables are compared rule by rule and cell by cell, other expressions by their text, signals pattern by
/// pattern. Layout, comments and the order of elements do not count.
public enum PolicyCompare: FrontlineMethod {
    /// What `policy.compare` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The policy's name, which is that of its file without the extension.
        public var name: String
        /// The version before.
        public var from: Int
        /// The version after.
        public var to: Int

        /// Makes the value from its members.
        public init(name: String, from: Int, to: Int) {
            self.name = name
            self.from = from
            self.to = to
        }
    }

    /// What `policy.compare` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// What changed, one sentence each, in the order of the later version; empty when nothing did.
        public var changes: [String]

        /// Makes the value from its members.
        public init(changes: [String]) {
            self.changes = changes
        }
    }

    /// The name on the wire.
    public static let name = "policy.compare"
    /// The method in one line.
    public static let summary = "Tells what changed between two versions of a policy, in words"
    /// More about it.
    public static let details = """
        Decision tables are compared rule by rule and cell by cell, other expressions by their text, signals pattern by
        pattern. Layout, comments and the order of elements do not count.
        """
    /// Who may call it.
    public static let access = MethodAccess.rulesKeepers
    /// What each parameter means.
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension",
        "from": "The version before",
        "to": "The version after",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
