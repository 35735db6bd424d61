public import FEEL

/// Evaluates one decision again and again on one thread, reusing its working memory.
///
/// Not `Sendable`: every thread makes its own.
public final class DecisionSession {
    private let decision: CompiledDecision
    private let run: Run
    private let frame: Frame

    /// Makes a session.
    public init(_ decision: CompiledDecision, settings: EvaluationSettings = EvaluationSettings()) {
        self.decision = decision
        run = Run(Evaluation(limits: settings.limits, clock: settings.clock))
        frame = Frame(slotCount: decision.plan.slotCount, evaluation: run.evaluation)
        run.evaluation.host = run
    }

    deinit {
        run.evaluation.host = nil
    }

    /// Evaluates the decision, with its explanation.
    ///
    /// - Parameter values: The values of ``CompiledDecision/inputs``, in order; missing ones are null. Values that do
    ///   not conform to their type become null, with the reason in the explanation.
    public func evaluate(_ values: [Value]) -> Outcome {
        run.reset()
        let plan = decision.plan
        var given: [Value] = []
        given.reserveCapacity(decision.inputs.count + plan.steps.count)
        for (index, input) in decision.inputs.enumerated() {
            let value = index < values.count ? values[index] : .null
            given.append(
                input.dataType.coercing(value, run.evaluation, what: "input '\(input.name)'"))
        }
        let value = plan.evaluate(given, decision.core, frame, run)
        let result = decision.result.coercing(value, run.evaluation, what: "the result of '\(decision.name)'")
        return Outcome(value: result, explanation: Explanation(run))
    }
}
