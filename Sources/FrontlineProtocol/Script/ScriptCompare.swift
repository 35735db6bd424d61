// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ScriptCompare: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var scriptId: String
        public var from: Int
        public var to: Int

        public init(scriptId: String, from: Int, to: Int) {
            self.scriptId = scriptId
            self.from = from
            self.to = to
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// What changed, in the order of the steps.
        public var changes: [Change]
        /// The changes in one line.
        public var summary: String

        public init(changes: [Change], summary: String) {
            self.changes = changes
            self.summary = summary
        }
    }

    /// One change.
    public struct Change: Codable, Sendable, Hashable {
        /// What happened.
        public var kind: ChangeKind
        /// What changed: `step NAME`, or a member of the script.
        public var subject: String
        /// The step, when it is one.
        public var step: String?
        /// The change in words.
        public var text: String

        public init(kind: ChangeKind, subject: String, step: String? = nil, text: String) {
            self.kind = kind
            self.subject = subject
            self.step = step
            self.text = text
        }
    }

    public static let name = "script.compare"
    public static let summary = "Tells what changed between two versions of a script, in words"
    public static let access = MethodAccess.rulesReviewers
    public static let parameters = [
        "script_id": "The script's name, as its file says it",
        "from": "The version before",
        "to": "The version after",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
