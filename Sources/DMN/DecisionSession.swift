public import FEEL

/// Evaluates one decision again and again on one thread, reusing its working memory.
///
/// Not `Sendable`: every thread makes its own.
public final class DecisionSession {
    private let decision: CompiledDecision
    private let run: Run
    private let frame: Frame
    private let checks: [QuickCheck]
    private var memory: [Value] = []

    /// Makes a session.
    public init(_ decision: CompiledDecision, settings: EvaluationSettings = EvaluationSettings()) {
        self.decision = decision
        run = Run(
            Evaluation(limits: settings.limits, clock: settings.clock),
            usesIndexes: settings.usesIndexes
        )
        frame = Frame(slotCount: decision.plan.slotCount, evaluation: run.evaluation)
        run.evaluation.host = run
        checks = decision.inputs.map(\.dataType.quick)
        memory.reserveCapacity(decision.plan.valueCount)
    }

    deinit {
        run.evaluation.host = nil
    }

    /// Evaluates the decision, with its explanation.
    ///
    /// - Parameter values: The values of ``CompiledDecision/inputs``, in order; missing ones are null. Values that do
    ///   not conform to their type become null, with the reason in the explanation.
    /// - Returns: The value and its explanation.
    public func evaluate(_ values: [Value]) -> Outcome {
        run.isRecording = true
        let value = decide(values)
        return Outcome(value: value, explanation: run.extractExplanation())
    }

    /// The value of the decision alone; see ``evaluate(_:)``.
    ///
    /// Costs less: no explanation is kept.
    public func value(_ values: [Value]) -> Value {
        run.isRecording = false
        return decide(values)
    }

    /// Why values became null in the last evaluation, in the order met.
    public var errors: [FEEL.Diagnostic] { run.evaluation.diagnostics }

    private func decide(_ values: [Value]) -> Value {
        run.reset()
        var memory: [Value] = []
        swap(&memory, &self.memory)
        for index in checks.indices {
            let value = index < values.count ? values[index] : .null
            memory.append(checks[index].passes(value) ? value : converted(value, index))
        }
        let value = decision.plan.evaluate(&memory, decision.core, frame, run, functions: decision.functions)
        memory.removeAll(keepingCapacity: true)
        swap(&memory, &self.memory)
        return decision.result.coercing(value, run.evaluation, what: "the result of '\(decision.name)'")
    }

    private func converted(_ value: Value, _ index: Int) -> Value {
        let input = decision.inputs[index]
        return input.dataType.coercing(value, run.evaluation, what: "input '\(input.name)'")
    }
}

/// The clock and the bounds of evaluations.
public struct EvaluationSettings {
    /// The bounds.
    public var limits: Limits
    /// The present moment for `now()` and `today()`; by default a fixed moment, so that answers can be repeated.
    public var clock: () -> DateAndTime

    /// Whether tables are looked up in their indexes; without them every cell is evaluated, with the same answers.
    package var usesIndexes = true

    /// Bounds that end any evaluation within about a second: those of the language with fewer steps.
    public static var defaultLimits: Limits {
        var limits = Limits()
        limits.steps = 2_000_000
        return limits
    }

    /// Makes settings.
    public init(limits: Limits = Self.defaultLimits, clock: @escaping () -> DateAndTime = { .epoch }) {
        self.limits = limits
        self.clock = clock
    }
}
