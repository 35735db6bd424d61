public import Vocabulary

extension ScriptSessionState {
    /// What the agent says or does now.
    public struct Step: Codable, Sendable, Hashable {
        /// The step's name; within a script that was run or detoured to, `SCRIPT/NAME`.
        public var id: String
        /// say, ask, decide, resolve, act, run, escalate or end.
        public var kind: String
        /// The text with the values of the session.
        public var text: String
        /// The variable that the answer goes to.
        public var field: String?
        /// The type of the answer: string, number, boolean, date, money or choice.
        public var type: String?
        /// What may be answered.
        public var choices: [Choice]?
        /// The steps of its group whose answers are missing, itself included, in the order in which they will be asked.
        public var missing: [String]?
        /// Whether only a supervisor may leave it out.
        public var required: Bool
        /// What the desktop performs.
        public var action: String?
        /// What the desktop performs it with.
        public var arguments: JSON?
        /// The resolution that is waited for.
        public var resolutionId: String?
        /// Articles that help.
        public var knowledge: [String]?
        /// A hint for the agent.
        public var note: String?

        /// Makes the value from its members.
        public init(
            id: String,
            kind: String,
            text: String,
            field: String? = nil,
            type: String? = nil,
            choices: [Choice]? = nil,
            missing: [String]? = nil,
            required: Bool,
            action: String? = nil,
            arguments: JSON? = nil,
            resolutionId: String? = nil,
            knowledge: [String]? = nil,
            note: String? = nil
        ) {
            self.id = id
            self.kind = kind
            self.text = text
            self.field = field
            self.type = type
            self.choices = choices
            self.missing = missing
            self.required = required
            self.action = action
            self.arguments = arguments
            self.resolutionId = resolutionId
            self.knowledge = knowledge
            self.note = note
        }
    }

    /// An answer that is proposed, with where it comes from: a turn or a fact.
    public struct Proposal: Codable, Sendable, Hashable {
        /// The answer, as `script.advance` takes it.
        public var value: JSON
        /// The number of the turn in which the customer said it.
        public var turn: Int?
        /// The fact that it is, as the script names it.
        public var fact: String?

        /// Makes the value from its members.
        public init(value: JSON, turn: Int? = nil, fact: String? = nil) {
            self.value = value
            self.turn = turn
            self.fact = fact
        }
    }

    /// One answer that may be given.
    public struct Choice: Codable, Sendable, Hashable {
        /// What is sent.
        public var value: JSON
        /// What is shown.
        public var label: String

        /// Makes the value from its members.
        public init(value: JSON, label: String) {
            self.value = value
            self.label = label
        }
    }
}
