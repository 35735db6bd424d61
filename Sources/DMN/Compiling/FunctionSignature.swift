import FEEL

/// The parameters and the result of a function type, with the constraints that item definitions add to them.
final class FunctionSignature: Sendable {
    /// The types of the parameters, in order.
    let parameters: [DataType]
    /// The type of the result.
    let result: DataType
    /// Whether some of the types demand more than the language's own types do.
    let isConstrained: Bool

    init(parameters: [DataType], result: DataType) {
        self.parameters = parameters
        self.result = result
        isConstrained = (parameters + [result]).contains { !$0.isLanguageType }
    }

    /// A function that the language has already made conform, with the constraints on arguments and results checked in
    /// every call; nil when functions are wrapped in each other too deeply.
    func constraining(_ function: Function, _ evaluation: Evaluation) -> Function? {
        guard isConstrained, function.checker != ObjectIdentifier(self) else { return function }
        guard function.depth < evaluation.limits.valueDepth else { return nil }
        let names = parameters.indices.map { index in
            index < function.parameters.count ? function.parameters[index].name : "argument \(index + 1)"
        }
        return Function(
            name: function.name,
            parameters: zip(names, parameters).map { Function.Parameter(name: $0, type: $1.type) },
            resultType: result.type,
            depth: function.depth + 1,
            checker: ObjectIdentifier(self)
        ) { [self] arguments, evaluation in
            call(function, arguments, names, Run.of(evaluation))
        }
    }

    private func call(_ function: Function, _ arguments: [Value], _ names: [String], _ run: Run) -> Value {
        var values = arguments
        for (index, parameter) in parameters.enumerated() where !parameter.isLanguageType {
            guard let value = parameter.converting(arguments[index], run.evaluation) else {
                return run.refuseArgument(arguments[index], named: names[index], of: function.name, parameter)
            }
            values[index] = value
        }
        let value = function.call(values, run.evaluation)
        return result.coercing(value, run.evaluation, what: "the result of '\(function.name)'")
    }
}

extension Run {
    /// Records that an argument does not conform to its parameter's type and answers null.
    func refuseArgument(_ argument: Value, named name: String, of function: String, _ type: DataType) -> Value {
        refuse("argument '\(name)' of '\(function)' is \(argument), which does not conform to \(type.name)")
    }
}
