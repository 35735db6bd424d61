extension Function {
    /// Calls the function with arguments in order.
    public func call(_ arguments: [Value], _ evaluation: Evaluation) -> Value {
        call(arguments, names: nil, evaluation, at: SourcePosition())
    }

    /// Calls the function; `names` are those of named arguments.
    func call(_ arguments: [Value], names: [String]?, _ evaluation: Evaluation, at position: SourcePosition) -> Value {
        if case .builtin(let builtin) = implementation {
            let candidates = builtin.candidates(count: arguments.count, names: names)
            return checked(builtin.call(arguments, candidates, Call(name, evaluation, position)), evaluation, position)
        }
        guard let ordered = ordered(arguments, names) else {
            return evaluation.fail(.invocation, at: position, "\(self) cannot be called with these arguments")
        }
        var coerced = ordered
        for index in parameters.indices {
            evaluation.charge(ordered[index])
            // Most arguments stay as they are; writing them would copy the array.
            if parameters[index].quick.passes(ordered[index]) || parameters[index].type.accepts(ordered[index]) {
                continue
            }
            guard let value = parameters[index].type.converting(ordered[index]) else {
                return refuse(ordered[index], parameters[index], evaluation, position)
            }
            coerced[index] = value
        }
        return checked(run(coerced, evaluation, position), evaluation, position)
    }

    /// A result after conversion to the result type, or null, with the reason recorded, when it does not conform.
    private func checked(_ result: Value, _ evaluation: Evaluation, _ position: SourcePosition) -> Value {
        if resultCheck.passes(result) || resultType.accepts(result) { return result }
        return resultType.converting(result)
            ?? evaluation.fail(.type, at: position, "the function's result, a \(result.typeName), is no \(resultType)")
    }

    /// Calls a function that takes its arguments in a frame, with as many arguments as it has parameters.
    ///
    /// The same as ``call(_:names:_:at:)`` without a list of arguments in between.
    func call(
        _ function: any FrameFunction,
        _ arguments: [Node],
        _ caller: Frame,
        at position: SourcePosition
    ) -> Value {
        let evaluation = caller.evaluation
        let frame = function.borrowFrame(evaluation)
        defer { function.giveBack(frame) }
        let first = function.firstSlot
        for index in arguments.indices { frame.put(arguments[index].evaluate(caller), into: first + index) }
        for index in parameters.indices {
            let slot = first + index
            evaluation.charge(frame.slots[slot])
            if parameters[index].quick.passes(frame.slots[slot]) || parameters[index].type.accepts(frame.slots[slot]) {
                continue
            }
            guard let value = parameters[index].type.converting(frame.slots[slot]) else {
                return refuse(frame.slots[slot], parameters[index], evaluation, position)
            }
            frame.put(value, into: slot)
        }
        return checked(guarded(15, evaluation, position) { function.run(frame) }, evaluation, position)
    }

    private func refuse(
        _ argument: Value,
        _ parameter: Parameter,
        _ evaluation: Evaluation,
        _ position: SourcePosition
    ) -> Value {
        evaluation.fail(
            .invocation,
            at: position,
            "a \(argument.typeName) is no \(parameter.type): \(parameter.name)"
        )
    }

    /// Arguments in the order of the parameters; nil when their number or a name does not fit.
    ///
    /// Parameters that no
    /// named argument is for are null.
    private func ordered(_ arguments: [Value], _ names: [String]?) -> [Value]? {
        guard let names else { return arguments.count == parameters.count ? arguments : nil }
        var result = [Value](repeating: .null, count: parameters.count)
        for (name, argument) in zip(names, arguments) {
            guard let index = parameters.firstIndex(where: { Name.normalised($0.name) == name }) else { return nil }
            result[index] = argument
        }
        return result
    }

    private func run(_ arguments: [Value], _ evaluation: Evaluation, _ position: SourcePosition) -> Value {
        switch implementation {
        case .native(let body): return guarded(15, evaluation, position) { body(arguments, evaluation) }
        case .framed(let function):
            let frame = function.borrowFrame(evaluation)
            defer { function.giveBack(frame) }
            for index in arguments.indices { frame.put(arguments[index], into: function.firstSlot + index) }
            return guarded(15, evaluation, position) { function.run(frame) }
        case .closure(let closure):
            guard let body = closure.code.body else {
                return evaluation.fail(.unsupported, at: position, "external functions are not supported")
            }
            return guarded(closure.code.height + 3, evaluation, position) {
                let frame = Frame(slotCount: closure.code.slotCount, evaluation: evaluation)
                for slot in arguments.indices { frame.slots[slot] = arguments[slot] }
                for (slot, value) in closure.captures { frame.slots[slot] = value }
                if let ownSlot = closure.ownSlot { frame.slots[ownSlot] = .function(self) }
                return body.evaluate(frame)
            }
        case .builtin: return .null
        }
    }

    /// Runs a body of so many levels of nodes, unless that would nest calls too deeply.
    private func guarded(
        _ levels: Int,
        _ evaluation: Evaluation,
        _ position: SourcePosition,
        _ body: () -> Value
    ) -> Value {
        guard evaluation.depth + levels <= evaluation.limits.callDepth else {
            return evaluation.fail(.limit, at: position, "functions call each other too deeply")
        }
        guard evaluation.countIteration() else {
            return evaluation.failForWork(at: position)
        }
        evaluation.depth += levels
        defer { evaluation.depth -= levels }
        return body()
    }
}
