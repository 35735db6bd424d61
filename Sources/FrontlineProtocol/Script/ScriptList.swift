// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum ScriptList: FrontlineMethod {
    public typealias Params = NoParams

    public struct Result: Codable, Sendable, Hashable {
        /// The scripts, in the order of their names.
        public var scripts: [Script]

        public init(scripts: [Script]) {
            self.scripts = scripts
        }
    }

    /// One script.
    public struct Script: Codable, Sendable, Hashable {
        /// The script's name.
        public var scriptId: String
        /// The version that the caller would get.
        public var version: Int
        /// Its title.
        public var title: String
        /// Its language.
        public var locale: String?
        /// Its tags.
        public var tags: [String]
        /// What customers say when it fits.
        public var examples: [String]?

        public init(
            scriptId: String,
            version: Int,
            title: String,
            locale: String? = nil,
            tags: [String],
            examples: [String]? = nil
        ) {
            self.scriptId = scriptId
            self.version = version
            self.title = title
            self.locale = locale
            self.tags = tags
            self.examples = examples
        }
    }

    public static let name = "script.list"
    public static let summary = "Lists the scripts that the caller would get"
    public static let details = """
        Versions are those in force for the caller: during a rollout another subject may get another version.
        """
    public static let access = MethodAccess.readers
}
