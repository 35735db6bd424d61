import FEEL

/// The compiled elements of a model and its imports; an element is known by its place in the graph.
///
/// Immutable. Functions made from it hold it, it holds no functions, so that recursive models make no circles.
final class ModelCore: Sendable {
    /// A compiled decision.
    final class DecisionUnit: Sendable {
        let label: UnitLabel
        let logic: Logic
        let bindings: [Binding]
        let type: DataType
        let slotCount: Int
        /// Whether the logic is known to give nothing but values of the type, so that none needs to be checked.
        let isAssured: Bool

        init(
            label: UnitLabel,
            logic: Logic,
            bindings: [Binding],
            type: DataType,
            slotCount: Int,
            isAssured: Bool = false
        ) {
            self.isAssured = isAssured
            self.label = label
            self.logic = logic
            self.bindings = bindings
            self.type = type
            self.slotCount = slotCount
        }
    }

    /// A compiled business knowledge model.
    struct KnowledgeUnit: Sendable {
        let function: CompiledFunction
        let bindings: [Binding]
    }

    /// A compiled decision service.
    struct ServiceUnit: Sendable {
        let label: UnitLabel
        let parameters: [(name: String, type: DataType)]
        let result: DataType
        let plan: Plan
        /// Why it is not the function that its variable is declared to be; nil when it is.
        let mismatch: String?
    }

    /// A compiled element.
    enum Unit: Sendable {
        case input(UnitLabel, DataType)
        case decision(DecisionUnit)
        case knowledge(KnowledgeUnit)
        case service(ServiceUnit)
    }

    /// Where a slot gets its value from; the slots of an element are 0, 1, 2, … in the order of its bindings.
    indirect enum Binding: Sendable {
        /// The value of an element.
        case value(Int)
        /// The function of an element.
        case function(Int)
        /// What an import offers: a context with an entry for each.
        case imported(ContextShape, [Binding])
    }

    /// The elements.
    let units: [Unit]

    init(units: [Unit]) {
        self.units = units
    }

    /// The function that a business knowledge model or a decision service is.
    func function(_ place: Int) -> Value {
        switch units[place] {
        case .knowledge(let unit):
            return .function(unit.function.function { [self] frame, _ in fill(frame, unit.bindings) })
        case .service(let unit):
            return .function(function(unit))
        case .input, .decision:
            return .null
        }
    }

    private func function(_ unit: ServiceUnit) -> Function {
        Function(
            name: unit.label.name,
            parameters: unit.parameters.map { Function.Parameter(name: $0.name, type: $0.type.type) },
            resultType: unit.result.isAny ? unit.plan.resultType : unit.result.type
        ) { [self] arguments, evaluation in
            let run = Run.of(evaluation)
            if let mismatch = unit.mismatch {
                return run.refuse(mismatch)
            }
            guard run.enter() else {
                return .null
            }
            defer { run.leave() }
            return call(unit, arguments, run)
        }
    }

    private func call(_ unit: ServiceUnit, _ arguments: [Value], _ run: Run) -> Value {
        var inputs: [Value] = []
        inputs.reserveCapacity(unit.plan.valueCount)
        for (index, parameter) in unit.parameters.enumerated() {
            let argument = index < arguments.count ? arguments[index] : .null
            guard let value = parameter.type.converting(argument, run.evaluation) else {
                return run.refuseArgument(argument, named: parameter.name, of: unit.label.name, parameter.type)
            }
            inputs.append(value)
        }
        let source = run.evaluation.source
        defer { run.evaluation.source = source }
        let frame = Frame(slotCount: unit.plan.slotCount, evaluation: run.evaluation)
        let value = unit.plan.evaluate(&inputs, self, frame, run)
        return unit.result.coercing(value, run.evaluation, what: "the result of '\(unit.label.name)'")
    }

    /// Fills the first slots of a frame with functions.
    private func fill(_ frame: Frame, _ bindings: [Binding]) {
        for (slot, binding) in bindings.enumerated() {
            frame[slot] = value(of: binding) { _ in .null }
        }
    }

    /// What a binding stands for; `values` answers for elements with values.
    func value(of binding: Binding, _ values: (Int) -> Value) -> Value {
        switch binding {
        case .value(let place): values(place)
        case .function(let place): function(place)
        case .imported(let shape, let entries):
            .context(Context(shape: shape, values: entries.map { value(of: $0, values) }))
        }
    }
}

/// The name and id of an element, shared by all explanations that mention it.
final class UnitLabel: Sendable {
    /// The name, with the import's name before it where there is one.
    let name: String
    /// The id.
    let id: String

    init(name: String, id: String) {
        self.name = name
        self.id = id
    }
}
