import FEEL

extension Logic {
    /// The value, with the variables as the frame has them.
    ///
    /// Errors give null and are recorded in the run.
    func evaluate(_ frame: Frame, _ run: Run) -> Value {
        switch self {
        case .constant(let value): value
        case .variable(let slot): frame[slot]
        case .expression(let expression): expression.evaluate(in: frame)
        case .table(let table): table.evaluate(frame, run)
        case .typed(let typed): typed.evaluate(frame, run)
        case .failure(let kind, let message):
            run.evaluation.fail(kind, at: SourcePosition(), message)
        default:
            evaluateNested(frame, run)
        }
    }

    private func evaluateNested(_ frame: Frame, _ run: Run) -> Value {
        guard run.enter() else {
            return .null
        }
        defer { run.leave() }
        return evaluateBoxed(frame, run)
    }

    private func evaluateBoxed(_ frame: Frame, _ run: Run) -> Value {
        switch self {
        case .context(let context): context.evaluate(frame, run)
        case .list(let items):
            .list(evaluateItems(items, frame, run))
        case .relation(let shape, let rows):
            .list(rows.map { .context(Context(shape: shape, values: evaluateItems($0, frame, run))) })
        case .conditional(let condition, let then, let otherwise):
            evaluateConditional(condition, then, otherwise, frame, run)
        case .filter(let list, let condition):
            evaluateFilter(list, condition, frame, run)
        case .iteration(let list, let item, let partial, let result):
            evaluateIteration(list, item, partial, result, frame, run)
        case .quantified(let list, let item, let condition, let every):
            evaluateQuantified(list, item, condition, every, frame, run)
        case .invocation(let called, let name, let arguments):
            evaluateInvocation(called, name, arguments, frame, run)
        case .function(let function):
            function.closure(over: frame, run)
        case .constant, .variable, .expression, .table, .typed, .failure:
            .null
        }
    }

    private func evaluateItems(_ items: [Logic], _ frame: Frame, _ run: Run) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(items.count)
        for item in items {
            values.append(item.evaluate(frame, run))
        }
        return values
    }

    private func evaluateConditional(
        _ condition: Logic,
        _ then: Logic,
        _ otherwise: Logic,
        _ frame: Frame,
        _ run: Run
    ) -> Value {
        switch condition.evaluate(frame, run) {
        case .boolean(true): then.evaluate(frame, run)
        case .boolean(false), .null: otherwise.evaluate(frame, run)
        case let other: run.refuse("the condition is \(other), expected a boolean")
        }
    }

    private func evaluateInvocation(
        _ called: Logic,
        _ name: String,
        _ arguments: [Argument],
        _ frame: Frame,
        _ run: Run
    ) -> Value {
        guard case .function(let function) = called.evaluate(frame, run) else {
            return run.evaluation.fail(.invocation, at: SourcePosition(), "'\(name)' is not a function")
        }
        let values = arguments.map { (name: $0.name, value: $0.value.evaluate(frame, run)) }
        return function.call(named: values, run)
    }
}

extension Function {
    /// Calls the function with named arguments (clause 10.3.2.13.5): parameters without an argument are null, an
    /// argument without a parameter makes the call null.
    func call(named arguments: [(name: String, value: Value)], _ run: Run) -> Value {
        var values = [Value](repeating: .null, count: parameters.count)
        for (name, value) in arguments {
            guard let index = parameters.firstIndex(where: { $0.name == name }) else {
                return run.evaluation.fail(
                    .invocation,
                    at: SourcePosition(),
                    "'\(self.name)' has no parameter '\(name)'"
                )
            }
            values[index] = value
        }
        return call(values, run.evaluation)
    }
}
