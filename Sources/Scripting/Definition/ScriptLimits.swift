import StrictYAML

/// The limits on scripts and sessions.
package enum ScriptLimits {
    /// Lists and maps in each other in a source.
    package static let depth = 24
    /// The limits of a source as YAML.
    static let yaml = YAMLSource.Limits(
        bytes: 4 << 20,
        aliases: 20,
        aliasBytes: 64 << 10,
        values: 1_000_000,
        depth: depth
    )
    /// Steps of a script.
    package static let steps = 20_000
    /// Variables of a script, including those implied by steps.
    package static let variables = 1_000
    /// Cases of a script.
    package static let cases = 1_000
    /// UTF-8 bytes of a text or an expression.
    package static let textBytes = 16 << 10
    /// Findings reported for one script.
    package static let findings = 200
    /// Characters of an answer, a reason or a note.
    package static let answerLength = 4_000
    /// UTF-8 bytes of a result of an action, a decision or a context, as JSON.
    package static let valueBytes = 64 << 10
    /// Nested scripts at run time: the first, sub-scripts and detours.
    package static let frames = 16
    /// Consecutive steps that need no action by a person.
    package static let automaticSteps = 1_000
    /// Steps on the path of a session.
    package static let path = 10_000
    /// Actions of a person that can be undone.
    package static let undo = 200
    /// Notes and deviations of a session, each.
    package static let remarks = 1_000
    /// Steps of a group that are asked in any order.
    package static let groupMembers = 100
    /// The last turns of a customer in which answers are looked for.
    package static let heardTurns = 50
    /// Sentences of a case that the customer says.
    package static let saidTexts = 50
    /// Diagnostics in a state.
    package static let diagnostics = 20
}
