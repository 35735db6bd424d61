public import JSONRPC
public import Vocabulary

/// Tells what changed between two versions of a script, in words.
public enum ScriptCompare: FrontlineMethod {
    /// What `script.compare` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The script's name, as its file says it.
        public var scriptId: String
        /// The version before.
        public var from: Int
        /// The version after.
        public var to: Int

        /// Makes the value from its members.
        public init(scriptId: String, from: Int, to: Int) {
            self.scriptId = scriptId
            self.from = from
            self.to = to
        }
    }

    /// What `script.compare` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// What changed, in the order of the steps.
        public var changes: [Change]
        /// The changes in one line.
        public var summary: String

        /// Makes the value from its members.
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

        /// Makes the value from its members.
        public init(kind: ChangeKind, subject: String, step: String? = nil, text: String) {
            self.kind = kind
            self.subject = subject
            self.step = step
            self.text = text
        }
    }

    /// The name on the wire.
    public static let name = "script.compare"
    /// The method in one line.
    public static let summary = "Tells what changed between two versions of a script, in words"
    /// Who may call it.
    public static let access = MethodAccess.rulesReviewers
    /// What each parameter means.
    public static let parameters = [
        "script_id": "The script's name, as its file says it",
        "from": "The version before",
        "to": "The version after",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
