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
    /// For each parameter whether the language's own conversion is all that arguments need.
    private let arePlain: [Bool]
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
        arePlain = parameters.map(\.type.isLanguageType)
        self.result = result
        resultType = result.isAny ? bodyType : result.type
        self.firstSlot = firstSlot
        self.slotCount = slotCount
        self.body = body
    }

    /// A function whose calls are null for a reason.
    convenience init(
        failing kind: FEEL.Diagnostic.Kind,
        _ reason: String,
        name: String,
        parameters: [String] = [],
        _ scope: Scope
    ) {
        self.init(
            name: name,
            parameters: parameters.map { ($0, .any) },
            result: .any,
            bodyType: .any,
            firstSlot: scope.slotCount,
            slotCount: scope.slotCount + parameters.count,
            body: .failure(kind, reason)
        )
    }

    /// The type of the function.
    var type: FEELType { .function(parameters.map(\.type.type), resultType) }

    /// The function with the slots before its own as they are now; null, with the reason recorded, when it would nest too
    /// deeply.
    func closure(over frame: Frame, _ run: Run) -> Value {
        let captured = (0..<firstSlot).map { frame[$0] }
        let depth = 1 + (captured.lazy.map(\.depth).max() ?? 0)
        guard depth <= run.evaluation.limits.valueDepth else {
            return run.evaluation.fail(.limit, at: SourcePosition(), "functions hold each other too deeply")
        }
        return .function(function(depth: depth) { frame, _ in frame.assign(captured) })
    }

    /// The function; `prepare` fills the slots before the parameters.
    func function(depth: Int = 1, _ prepare: @escaping @Sendable (Frame, Run) -> Void) -> Function {
        Function(
            name: name,
            parameters: parameters.map { Function.Parameter(name: $0.name, type: $0.type.type) },
            resultType: resultType,
            depth: depth,
            framed: PreparedFunction(self, prepare)
        )
    }

    /// The result for the arguments in a frame.
    fileprivate func evaluate(_ frame: Frame, _ run: Run, _ prepare: (Frame, Run) -> Void) -> Value {
        guard run.count(Run.callCost + slotCount >> 5) else {
            return .null
        }
        if firstSlot > 0 {
            prepare(frame, run)
        }
        // The language has converted arguments to the parameters' types; constraints are left.
        for index in arePlain.indices where !arePlain[index] {
            let parameter = parameters[index]
            let argument = frame[firstSlot + index]
            guard let value = parameter.type.converting(argument, run.evaluation) else {
                return run.refuseArgument(argument, named: parameter.name, of: name, parameter.type)
            }
            frame.put(value, into: firstSlot + index)
        }
        let value = body.evaluate(frame, run)
        return result.quick.passes(value)
            ? value : result.coercing(value, run.evaluation, what: "the result of '\(name)'")
    }
}

/// A function of a model with what fills the slots before its parameters.
final class PreparedFunction: FrameFunction {
    let function: CompiledFunction
    let prepare: @Sendable (Frame, Run) -> Void

    init(_ function: CompiledFunction, _ prepare: @escaping @Sendable (Frame, Run) -> Void) {
        self.function = function
        self.prepare = prepare
    }

    var firstSlot: Int { function.firstSlot }

    func borrowFrame(_ evaluation: Evaluation) -> Frame { Run.of(evaluation).borrowFrame(function.slotCount) }

    func run(_ frame: Frame) -> Value { function.evaluate(frame, Run.of(frame.evaluation), prepare) }

    func giveBack(_ frame: Frame) { Run.of(frame.evaluation).giveBack(frame, function.slotCount) }
}
