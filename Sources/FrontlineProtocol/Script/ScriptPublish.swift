// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum ScriptPublish: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var source: String
        public var note: String?
        public var rollout: ScriptRolloutShare?
        public var force: Bool?

        public init(
            source: String,
            note: String? = nil,
            rollout: ScriptRolloutShare? = nil,
            force: Bool? = nil
        ) {
            self.source = source
            self.note = note
            self.rollout = rollout
            self.force = force
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The script's name.
        public var scriptId: String
        /// The version that is now in force.
        public var version: Int
        /// The hash of its source.
        public var sha256: String
        /// What its author should look at.
        public var warnings: [String]

        public init(scriptId: String, version: Int, sha256: String, warnings: [String]) {
            self.scriptId = scriptId
            self.version = version
            self.sha256 = sha256
            self.warnings = warnings
        }
    }

    public static let name = "script.publish"
    public static let summary = "Checks a script, runs its cases and puts it in force"
    public static let details = """
        A script with errors or with a case that fails is refused with -32602 and `details`, a list of what is
        wrong and where. The same source again, while it is in force, makes no new version. While the calendar freezes
        scripts it is a conflict, unless it is forced.
        """
    public static let access = MethodAccess.operations
    public static let parameters = [
        "source": "The script in YAML",
        "note": "Why; recorded",
        "rollout": "To whom; to everybody at once unless given",
        "force": "Whether it is put in force during a freeze of the calendar; recorded in the audit log",
    ]
    public static let errors: [RPCErrorDefinition] = [.conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try params.rollout?.validate(path: "params.rollout")
    }
}
