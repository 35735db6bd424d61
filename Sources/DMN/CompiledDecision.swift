public import FEEL

/// One decision, or decision service, of a model, ready for evaluation by several threads.
public final class CompiledDecision: Sendable {
    /// Something the decision needs from outside.
    public struct Input: Sendable {
        /// The name of its variable.
        public let name: String
        /// The name of the import it comes through; nil when it is of the model itself or has no qualifier.
        public let qualifier: String?
        /// The namespace of its model.
        public let namespace: String

        let dataType: DataType

        /// The type values must have.
        public var type: FEELType { dataType.type }
    }

    /// The name of the decision.
    public let name: String
    /// What it needs from outside, in the order in which sessions take the values.
    public let inputs: [Input]

    let plan: Plan
    let result: DataType
    let core: ModelCore
    /// The functions that the decisions of the plan call.
    let functions: [[Value]]

    init(name: String, plan: Plan, result: DataType, core: ModelCore, inputs: [Input]) {
        self.name = name
        self.plan = plan
        self.result = result
        self.core = core
        self.inputs = inputs
        functions = plan.failure == nil ? plan.functions(core) : []
    }

    /// Evaluates the decision.
    ///
    /// - Parameters:
    ///   - values: The inputs by name; missing ones are null. An imported input is found by its name after the
    ///     import's name and a dot, as an entry of a context with the import's name, or by its bare name.
    ///   - settings: The clock and the bounds.
    /// - Returns: The value and its explanation.
    public func evaluate(
        _ values: [String: Value],
        settings: EvaluationSettings = EvaluationSettings()
    ) -> Outcome {
        DecisionSession(self, settings: settings).evaluate(inputs.map { $0.value(in: values) })
    }
}

extension CompiledDecision.Input {
    /// The value for this input among values by name; null when there is none.
    func value(in values: [String: Value]) -> Value {
        if let qualifier {
            if let value = values["\(qualifier).\(name)"] {
                return value
            }
            if case .context(let context)? = values[qualifier], let value = context[name] {
                return value
            }
        }
        return values[name] ?? .null
    }
}
