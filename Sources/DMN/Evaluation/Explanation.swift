public import FEEL

/// What an evaluation did: which decisions it made, which rules of which tables matched, and why values became null.
///
/// It holds references to what the evaluation had in its hands anyway; names and texts are made only when asked for.
public struct Explanation: Sendable {
    /// One thing that an evaluation did.
    struct Step: Sendable {
        /// What it was.
        enum Kind: Sendable {
            /// An element got its value.
            case decision(UnitLabel)
            /// A table was evaluated.
            case table(CompiledTable, inputs: [Value], rules: MatchedRules)
        }

        let kind: Kind
        let value: Value
    }

    let steps: [Step]
    let cellErrors: [Run.CellError]
    /// Why values became null, in the order met.
    public let errors: [FEEL.Diagnostic]
    /// How many steps and errors were not kept.
    public let dropped: Int

    init(_ record: consuming Run.Record, _ evaluation: Evaluation) {
        steps = record.steps
        cellErrors = record.cellErrors
        errors = evaluation.diagnostics
        dropped = record.droppedSteps + evaluation.droppedDiagnostics
    }

    /// Whether some value became null by an error.
    public var hasErrors: Bool { !errors.isEmpty }
}

/// The value of a decision and how it came about.
public struct Outcome: Sendable {
    /// The value; null also stands for an error, whose reason is in the explanation.
    public let value: Value
    /// How it came about.
    public let explanation: Explanation
}
