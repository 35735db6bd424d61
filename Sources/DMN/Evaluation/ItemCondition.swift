import FEEL

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
