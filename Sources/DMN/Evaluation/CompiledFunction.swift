import FEEL

/// A function of a model: a business knowledge model's logic or a boxed function.
final class CompiledFunction: Sendable {
    /// The name for messages.
    let name: String
    /// The names and types of the parameters.
    let parameters: [(name: String, type: DataType)]
    /// The type that results must have.
    let result: DataType
    /// The type of results that the function's own type tells: `result`, or else what the body is declared to be.
    let resultType: FEELType
    /// The slot of the first parameter; the slots before it are seen from outside.
    let firstSlot: Int
    /// The slots of a frame for the body.
    let slotCount: Int
    /// The body.
    let body: Logic

    init(
        name: String,
        parameters: [(name: String, type: DataType)],
        result: DataType,
        bodyType: FEELType,
        firstSlot: Int,
        slotCount: Int,
        body: Logic
    ) {
        self.name = name
        self.parameters = parameters
        self.result = result
        resultType = result.isAny ? bodyType : result.type
        self.firstSlot = firstSlot
        self.slotCount = slotCount
        self.body = body
    }

    /// The function with the slots before its own as they are now.
    func closure(over frame: Frame) -> Function {
        let captured = (0..<firstSlot).map { frame[$0] }
        return function { frame, _ in frame.assign(captured) }
    }

    /// The function; `prepare` fills the slots before the parameters.
    func function(_ prepare: @escaping @Sendable (Frame, Run) -> Void) -> Function {
        Function(
            name: name,
            parameters: parameters.map { Function.Parameter(name: $0.name, type: $0.type.type) },
            resultType: resultType
        ) { [self] arguments, evaluation in
            call(arguments, Run.of(evaluation), prepare)
        }
    }

    private func call(_ arguments: [Value], _ run: Run, _ prepare: (Frame, Run) -> Void) -> Value {
        guard run.count(Run.callCost + slotCount >> 5) else {
            return .null
        }
        return run.withFrame(slotCount) { call(arguments, run, prepare, $0) }
    }

    private func call(_ arguments: [Value], _ run: Run, _ prepare: (Frame, Run) -> Void, _ frame: Frame) -> Value {
        prepare(frame, run)
        for (index, parameter) in parameters.enumerated() {
            let argument = index < arguments.count ? arguments[index] : .null
            // The language has converted arguments to the parameters' types; constraints are left.
            if parameter.type.constraint == nil {
                frame[firstSlot + index] = argument
                continue
            }
            guard let value = parameter.type.converting(argument, run.evaluation) else {
                return run.refuse(
                    "argument '\(parameter.name)' of '\(name)' is \(argument), "
                        + "which does not conform to \(parameter.type.name)"
                )
            }
            frame[firstSlot + index] = value
        }
        let value = body.evaluate(frame, run)
        return result.coercing(value, run.evaluation, what: "the result of '\(name)'")
    }
}
