// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum ScriptGet: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var scriptId: String
        public var version: Int?

        public init(scriptId: String, version: Int? = nil) {
            self.scriptId = scriptId
            self.version = version
        }
    }

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

    public static let name = "script.get"
    public static let summary = "Gives a script with its source and its graph"
    public static let access = MethodAccess.readers
    public static let parameters = [
        "script_id": "The script's name, as its file says it",
        "version": "A version; the one in force for the caller unless given",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
