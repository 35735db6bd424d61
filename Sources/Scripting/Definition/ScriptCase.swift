package import Vocabulary

/// One test of a script: the answers to give and the expected result.
package struct ScriptCase: Sendable {
    /// The answers to ask steps.
    package enum Answers: Sendable {
        /// In the order in which steps ask.
        case inOrder([JSON])
        /// By step; a step that asks again gets its next answer.
        case byStep([String: [JSON]])
    }

    package let name: String
    /// The subject of the session.
    package let subject: ScriptSubject
    /// What the customer says at the beginning, one turn each.
    package let said: [String]
    /// The answers that the customer gives; `{accept: true}` takes what is proposed.
    package let answers: Answers
    /// The results of decisions, by decide step or by `model.decision`.
    package let decisions: [String: JSON]
    /// The statuses of resolutions, by step: one, or several in order.
    package let resolutions: [String: [String]]
    /// The reports of the desktop, by act step.
    package let acts: [String: JSON]
    /// The expected steps, in order.
    package let path: [String]?
    /// The expected outcome.
    package let outcome: String?
    /// The expected status at the end.
    package let status: String
    /// The expected values of variables.
    package let variables: [String: JSON]
    /// Its place in the source.
    package let place: ScriptPlace
}
