import FEEL

/// What must be evaluated for some decisions, in order, with every value at a known place.
///
/// Places of values: first what is given from outside, then the decisions in the order of evaluation. Evaluation does
/// not recurse over requirements, so that chains of any length cost no stack.
final class Plan: Sendable {
    /// One decision to evaluate.
    final class Step: Sendable {
        /// Its place in the graph.
        let unit: ModelCore.DecisionUnit
        /// Where its slots get their values from, by places of this plan.
        let bindings: [ModelCore.Binding]
        /// For each slot the place of the value it gets, or -1 where it gets something else.
        let places: [Int]

        init(unit: ModelCore.DecisionUnit, bindings: [ModelCore.Binding]) {
            self.unit = unit
            self.bindings = bindings
            places = bindings.map { if case .value(let place) = $0 { place } else { -1 } }
        }
    }

    /// What is given from outside, by places in the graph.
    let inputs: [Int]
    /// The decisions in order.
    let steps: [Step]
    /// The places of the answers, with the names of their decisions.
    let outputs: [(name: String, place: Int)]
    /// The names of the answers, when there are several.
    let shape: ContextShape?
    /// The slots that the largest decision needs.
    let slotCount: Int
    /// Why the plan cannot be carried out; nil when it can.
    let failure: String?

    init(
        inputs: [Int],
        steps: [Step],
        outputs: [(name: String, place: Int)],
        shape: ContextShape?,
        failure: String?
    ) {
        self.inputs = inputs
        self.steps = steps
        self.outputs = outputs
        self.shape = shape
        self.failure = failure
        slotCount = steps.reduce(0) { max($0, $1.unit.slotCount) }
    }

    /// The type of the results: that of the only output, or a context of all.
    var resultType: FEELType {
        let types = outputs.map { output -> FEELType in
            output.place >= inputs.count ? steps[output.place - inputs.count].unit.type.type : .any
        }
        guard let shape else {
            return types.first ?? .any
        }
        return .context(zip(shape.keys, types).map { FEELType.Entry(name: $0, type: $1) })
    }

    /// How many values an evaluation holds.
    var valueCount: Int { inputs.count + steps.count }

    /// Evaluates the decisions.
    ///
    /// - Parameters:
    ///   - values: The values of `inputs`, in order; those of the decisions are added.
    ///   - core: The compiled elements.
    ///   - frame: A frame to use.
    ///   - run: Collects errors and the explanation.
    ///   - functions: The functions of ``functions(_:)``, when they were made beforehand.
    /// - Returns: The value of the only output, or a context of all.
    func evaluate(
        _ values: inout [Value],
        _ core: ModelCore,
        _ frame: Frame,
        _ run: Run,
        functions: [[Value]]? = nil
    ) -> Value {
        if let failure {
            return run.evaluation.fail(.invocation, at: SourcePosition(), failure)
        }
        frame.reserve(slotCount)
        for index in steps.indices {
            values.append(evaluate(steps[index], values, core, frame, run, functions?[index]))
        }
        guard let shape else {
            return outputs.first.map { values[$0.place] } ?? .null
        }
        return .context(Context(shape: shape, values: outputs.map { values[$0.place] }))
    }

    /// The functions that the slots of each step hold, null where a slot holds something else.
    ///
    /// Made once for many evaluations. They hold the core, so that nothing in the core may hold them.
    func functions(_ core: ModelCore) -> [[Value]] {
        steps.map { step in
            step.bindings.map { binding in
                if case .function(let place) = binding { core.function(place) } else { .null }
            }
        }
    }

    private func evaluate(
        _ step: Step,
        _ values: [Value],
        _ core: ModelCore,
        _ frame: Frame,
        _ run: Run,
        _ functions: [Value]?
    ) -> Value {
        for slot in step.places.indices {
            if step.places[slot] >= 0 {
                frame[slot] = values[step.places[slot]]
                continue
            }
            switch step.bindings[slot] {
            case .function(let place): frame[slot] = functions?[slot] ?? core.function(place)
            case let other: frame[slot] = core.value(of: other) { values[$0] }
            }
        }
        let unit = step.unit
        run.evaluation.source = unit.label.name
        var value = unit.logic.evaluate(frame, run)
        if !unit.isAssured, !unit.type.quick.passes(value) {
            value = unit.type.coercing(value, run.evaluation, what: "the value")
        }
        if run.isRecording {
            run.add(Explanation.Step(kind: .decision(unit.label), value: value))
        }
        return value
    }
}
