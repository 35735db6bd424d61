// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
import JSONRPC
public import Vocabulary

public enum ToolList: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var name: String?

        public init(name: String? = nil) {
            self.name = name
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// What an assistant should know before it uses any of them.
        public var instructions: String
        /// What a prompt made of a script says; lines with a placeholder that has no value are left out.
        public var scriptPrompt: String
        /// The tools, in the order of the file.
        public var tools: [Tool]

        public init(instructions: String, scriptPrompt: String, tools: [Tool]) {
            self.instructions = instructions
            self.scriptPrompt = scriptPrompt
            self.tools = tools
        }
    }

    /// A method as assistants are offered it.
    public struct Tool: Codable, Sendable, Hashable {
        /// Its name for assistants.
        public var name: String
        /// The method that a call of it calls.
        public var method: String
        /// What people see.
        public var title: String
        /// What the assistant reads, to decide whether it fits.
        public var description: String
        /// Whether it changes nothing.
        public var readOnly: Bool
        /// Whether it may do what is not easily undone.
        public var destructive: Bool
        /// Whether the same call again changes nothing more.
        public var idempotent: Bool
        /// The JSON Schema of its parameters.
        public var inputSchema: JSON
        /// The JSON Schema of its result.
        public var outputSchema: JSON

        public init(
            name: String,
            method: String,
            title: String,
            description: String,
            readOnly: Bool,
            destructive: Bool,
            idempotent: Bool,
            inputSchema: JSON,
            outputSchema: JSON
        ) {
            self.name = name
            self.method = method
            self.title = title
            self.description = description
            self.readOnly = readOnly
            self.destructive = destructive
            self.idempotent = idempotent
            self.inputSchema = inputSchema
            self.outputSchema = outputSchema
        }
    }

    public static let name = "tool.list"
    public static let summary = "Lists the methods that the caller may call as tools of an assistant"
    public static let details = """
        The words are those of `rules/tools.yaml`, published as `tools`; the program has a copy that is in force before that. Schemas
        are those of the methods. A method is listed for those whose roles and token allow it.
        """
    public static let access = MethodAccess.authenticated
    public static let parameters = ["name": "Only the tool of this name; all of them unless given"]
}
