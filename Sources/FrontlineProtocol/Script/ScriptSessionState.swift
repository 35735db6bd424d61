public import Vocabulary

/// Where a session of a script stands.
public struct ScriptSessionState: Codable, Sendable, Hashable {
    /// The session.
    public var sessionId: String
    /// The script and the version that the session stays on.
    public var script: Script
    /// Rises with every accepted call; later calls name it.
    public var revision: Int
    /// Whether the session goes on.
    public var status: ScriptSessionStatus
    /// The current step; absent once the session has ended.
    public var step: Step?
    /// An answer to the current step that the customer has given already, or that is a known fact; it counts when it is
    /// accepted.
    public var proposed: Proposal?
    /// What is known, without sensitive values.
    public var variables: JSON
    /// The steps that led here, without those gone back on; the current one last.
    public var path: [String]
    /// Where the session left the script's way.
    public var deviations: [Deviation]
    /// What was noted.
    public var notes: [Note]?
    /// What went wrong in conditions and texts without ending the session.
    public var diagnostics: [String]?
    /// How the session ended.
    public var outcome: String?
    /// Why it was stopped or abandoned.
    public var reason: String?
    /// The conversation it belongs to.
    public var conversationId: String?
    /// Who has it.
    public var agent: String?

    /// Makes the value from its members.
    public init(
        sessionId: String,
        script: Script,
        revision: Int,
        status: ScriptSessionStatus,
        step: Step? = nil,
        proposed: Proposal? = nil,
        variables: JSON,
        path: [String],
        deviations: [Deviation],
        notes: [Note]? = nil,
        diagnostics: [String]? = nil,
        outcome: String? = nil,
        reason: String? = nil,
        conversationId: String? = nil,
        agent: String? = nil
    ) {
        self.sessionId = sessionId
        self.script = script
        self.revision = revision
        self.status = status
        self.step = step
        self.proposed = proposed
        self.variables = variables
        self.path = path
        self.deviations = deviations
        self.notes = notes
        self.diagnostics = diagnostics
        self.outcome = outcome
        self.reason = reason
        self.conversationId = conversationId
        self.agent = agent
    }

    /// A script and one of its versions.
    public struct Script: Codable, Sendable, Hashable {
        /// The script's name.
        public var scriptId: String
        /// The version.
        public var version: Int

        /// Makes the value from its members.
        public init(scriptId: String, version: Int) {
            self.scriptId = scriptId
            self.version = version
        }
    }

    /// A departure from the script's way.
    public struct Deviation: Codable, Sendable, Hashable {
        /// The step at which it happened.
        public var step: String
        /// jump, skip or detour.
        public var kind: String
        /// The reason given.
        public var reason: String

        /// Makes the value from its members.
        public init(step: String, kind: String, reason: String) {
            self.step = step
            self.kind = kind
            self.reason = reason
        }
    }

    /// A note to a step.
    public struct Note: Codable, Sendable, Hashable {
        /// The step at which it was written.
        public var step: String
        /// The text.
        public var text: String

        /// Makes the value from its members.
        public init(step: String, text: String) {
            self.step = step
            self.text = text
        }
    }
}
