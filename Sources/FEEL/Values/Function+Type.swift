/// Types of functions and conformance to them (DMN 1.5, 10.3.2.9, tables 42 and 43).
extension Function {
    /// The type of this function.
    ///
    /// A built-in with several signatures has the type of its first one here; see ``isInstance(of:)``. A result that no
    /// declaration and no text tells is `Any`.
    public var type: FEELType {
        if case .builtin(let builtin) = implementation, hasAnyResult {
            return .function(parameters.map(\.type), builtin.signatures[0].result)
        }
        return .function(parameters.map(\.type), hasAnyResult ? bodyType : resultType)
    }

    /// Whether the function is an instance of a function type: its parameters are as wide or wider, its result as narrow
    /// or narrower.
    ///
    /// Of a built-in one signature is enough.
    func isInstance(of wanted: FEELType) -> Bool {
        guard case .function(let parameters, let result) = wanted else { return false }
        return types(parameterCount: parameters.count).contains { own in
            own.takes(parameters) && own.result.conforms(to: result)
        }
    }

    /// The function as one of a function type, or nil when it cannot be one.
    ///
    /// Where the text leaves open what the function answers, the answers are converted to the type's result, and those
    /// that do not conform become null.
    func bound(to parameters: [FEELType], result: FEELType) -> Function? {
        let fitting = types(parameterCount: parameters.count).filter { $0.takes(parameters) }
        if fitting.contains(where: { $0.result.conforms(to: result) }) { return self }
        guard fitting.contains(where: { $0.result.mayConform(to: result) }) else { return nil }
        return Function(
            name: name,
            parameters: self.parameters,
            resultType: result,
            depth: depth,
            checker: checker,
            implementation: implementation
        )
    }

    /// Whether it can be called with so many arguments and may answer a boolean.
    func mayDecide(parameterCount: Int) -> Bool {
        types(parameterCount: parameterCount).contains { $0.result.mayConform(to: .boolean) }
    }

    /// Whether an argument conforms to a parameter, after conversions; of a built-in the call itself tells.
    func accepts(_ argument: Value, at index: Int) -> Bool {
        if case .builtin = implementation { return true }
        let parameter = parameters[index]
        return parameter.isAny || parameter.type.converting(argument) != nil
    }

    /// What a function takes and answers when it is called with a certain number of arguments.
    private struct CallType {
        let parameters: [FEELType]
        let result: FEELType

        /// Whether arguments of these types are taken: the parameters' types are the same or wider.
        func takes(_ arguments: [FEELType]) -> Bool {
            zip(arguments, parameters).allSatisfy { $0.conforms(to: $1) }
        }
    }

    /// The types of calls with so many arguments: none when the function cannot be called with them, several for a
    /// built-in with several signatures.
    private func types(parameterCount count: Int) -> [CallType] {
        guard case .builtin(let builtin) = implementation else {
            guard parameters.count == count else { return [] }
            return [CallType(parameters: parameters.map(\.type), result: hasAnyResult ? bodyType : resultType)]
        }
        return builtin.candidates(count: count, names: nil).map { candidate in
            let signature = builtin.signatures[candidate.signature]
            let types = signature.isVariadic ? [] : signature.parameters.prefix(count).map(\.type)
            let others = [FEELType](repeating: .any, count: count - types.count)
            return CallType(parameters: types + others, result: hasAnyResult ? signature.result : resultType)
        }
    }
}

extension FEELType {
    /// Whether values of this type may conform to another, where `Any` stands for what is not known.
    package func mayConform(to other: FEELType) -> Bool {
        switch (self, other) {
        case (.any, _): return true
        case (.list(let left), .list(let right)), (.range(let left), .range(let right)):
            return left.mayConform(to: right)
        case (.context, .context(let wanted)):
            return wanted.allSatisfy { entry in member(entry.name)?.mayConform(to: entry.type) ?? false }
        case (.function(let parameters, let result), .function(let wantedParameters, let wantedResult)):
            return parameters.count == wantedParameters.count && result.mayConform(to: wantedResult)
                && zip(parameters, wantedParameters).allSatisfy { $1.conforms(to: $0) }
        default: return conforms(to: other)
        }
    }

    /// Whether functions are among the instances of this type or of its parts.
    var hasFunctions: Bool {
        switch self {
        case .function: true
        case .list(let element): element.hasFunctions
        case .context(let entries): entries.contains { $0.type.hasFunctions }
        default: false
        }
    }

    /// A value with functions in it as this type has it: each function as one of its type; nil when one cannot be.
    func bindingFunctions(in value: Value) -> Value? {
        switch (self, value) {
        case (.function(let parameters, let result), .function(let function)):
            return function.bound(to: parameters, result: result).map(Value.function)
        case (.list(let element), .list(let list)) where element.hasFunctions:
            var elements: [Value] = []
            for item in list {
                guard let bound = element.bindingFunctions(in: item) else { return nil }
                elements.append(bound)
            }
            return .list(elements)
        case (.context(let entries), .context(let context)) where hasFunctions:
            var values = context.values
            for entry in entries {
                guard let position = context.shape.position(of: entry.key),
                    let bound = entry.type.bindingFunctions(in: values[position])
                else { return nil }
                values[position] = bound
            }
            return .context(Context(shape: context.shape, values: values))
        default: return accepts(value) ? value : nil
        }
    }
}
