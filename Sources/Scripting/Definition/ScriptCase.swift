package import JSONRPC

/// One walk through a script with what must come of it.
package struct ScriptCase: Sendable {
    /// The answers to ask steps.
    package enum Answers: Sendable {
        /// One after the other.
        case inOrder([JSON])
        /// By the step that asks; a step that asks again takes the next one.
        case byStep([String: [JSON]])
    }

    /// What it is called.
    package let name: String
    /// Whom and what it is about.
    package let subject: ScriptSubject
    /// What the customer answers.
    package let answers: Answers
    /// What decisions say, by decide step or by `model.decision`.
    package let decisions: [String: JSON]
    /// How resolutions come out, by step: one status, or several one after the other.
    package let resolutions: [String: [String]]
    /// What the desktop reports, by act step.
    package let acts: [String: JSON]
    /// The steps that are expected, in their order.
    package let path: [String]?
    /// The outcome that is expected.
    package let outcome: String?
    /// How the session is expected to stand at the end.
    package let status: String
    /// Variables with the values that are expected.
    package let variables: [String: JSON]
    /// Where it stands in the source.
    package let place: ScriptPlace
}
