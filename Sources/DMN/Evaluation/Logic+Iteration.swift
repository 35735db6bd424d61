import FEEL

/// Boxed filters and iterators.
extension Logic {
    func evaluateFilter(_ list: Logic, _ condition: ItemCondition, _ frame: Frame, _ run: Run) -> Value {
        guard let items = items(of: list, "filter", frame, run) else {
            return .null
        }
        var kept: [Value] = []
        for item in items {
            guard run.count(1) else {
                return .null
            }
            switch condition.evaluate(item, frame, run) {
            case .boolean(true): kept.append(item)
            case .boolean(false), .null: break
            case let other: return run.refuse("the match of the filter is \(other), expected a boolean")
            }
        }
        return .list(kept)
    }

    func evaluateIteration(
        _ list: Logic,
        _ item: Int,
        _ partial: Int,
        _ result: Logic,
        _ frame: Frame,
        _ run: Run
    ) -> Value {
        guard let items = items(of: list, "for", frame, run) else {
            return .null
        }
        var results = ListBuilder()
        for value in items {
            guard run.count(1) else {
                return .null
            }
            frame[item] = value
            frame[partial] = .list(results.list)
            let value = result.evaluate(frame, run)
            // The results are held once again while they grow, so that they are not copied.
            frame[partial] = .null
            results.append(value)
        }
        return .list(results.list)
    }

    func evaluateQuantified(
        _ list: Logic,
        _ item: Int,
        _ condition: Logic,
        _ every: Bool,
        _ frame: Frame,
        _ run: Run
    ) -> Value {
        guard let items = items(of: list, every ? "every" : "some", frame, run) else {
            return .null
        }
        var answer = Value.boolean(every)
        for value in items {
            guard run.count(1) else {
                return .null
            }
            frame[item] = value
            switch condition.evaluate(frame, run) {
            case .boolean(let holds) where holds != every: answer = .boolean(holds)
            case .boolean: break
            case .null:
                if case .boolean(every) = answer { answer = .null }
            case let other: return run.refuse("the condition is \(other), expected a boolean")
            }
        }
        return answer
    }

    private func items(of list: Logic, _ what: String, _ frame: Frame, _ run: Run) -> [Value]? {
        let value = list.evaluate(frame, run)
        guard case .list(let items) = value else {
            _ = run.refuse("'\(what)' goes over \(value), expected a list")
            return nil
        }
        return items.elements
    }
}

/// The condition of a boxed filter, evaluated for one item after the other.
struct ItemCondition: Sendable {
    /// The condition.
    let logic: Logic
    /// The slot of `item`.
    let item: Int
    /// The entries of items that are names in the condition, with their slots.
    let entries: [(name: String, slot: Int)]
    /// For items of unknown form: a filter of the language over a list of one item, and the slot of that list.
    let filter: (expression: Expression, slot: Int)?

    func evaluate(_ value: Value, _ frame: Frame, _ run: Run) -> Value {
        if let filter {
            frame[filter.slot] = .list([value])
            guard case .list(let kept) = filter.expression.evaluate(in: frame) else {
                return run.refuse("the match of the filter is no boolean")
            }
            return .boolean(!kept.isEmpty)
        }
        frame[item] = value
        if case .context(let context) = value {
            for (name, slot) in entries {
                frame[slot] = context[name] ?? .null
            }
        }
        return logic.evaluate(frame, run)
    }
}
