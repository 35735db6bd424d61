public import JSONRPC

/// Gives a script with its source and its graph.
public enum ScriptGet: FrontlineMethod {
    /// What `script.get` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The script's name, as its file says it.
        public var scriptId: String
        /// A version; the one in force for the caller unless given.
        public var version: Int?

        /// Makes the value from its members.
        public init(scriptId: String, version: Int? = nil) {
            self.scriptId = scriptId
            self.version = version
        }
    }

    /// What `script.get` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The script's name.
        public var scriptId: String
        /// The version.
        public var version: Int
        /// The hash of its source.
        public var sha256: String
        /// The script as it was published.
        public var source: String
        /// Its steps as a Mermaid flowchart.
        public var graph: String
        /// Its title.
        public var title: String
        /// Its language.
        public var locale: String?
        /// Its tags.
        public var tags: [String]

        /// Makes the value from its members.
        public init(
            scriptId: String,
            version: Int,
            sha256: String,
            source: String,
            graph: String,
            title: String,
            locale: String? = nil,
            tags: [String]
        ) {
            self.scriptId = scriptId
            self.version = version
            self.sha256 = sha256
            self.source = source
            self.graph = graph
            self.title = title
            self.locale = locale
            self.tags = tags
        }
    }

    /// The name on the wire.
    public static let name = "script.get"
    /// The method in one line.
    public static let summary = "Gives a script with its source and its graph"
    /// Who may call it.
    public static let access = MethodAccess.readers
    /// What each parameter means.
    public static let parameters = [
        "script_id": "The script's name, as its file says it",
        "version": "A version; the one in force for the caller unless given",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
