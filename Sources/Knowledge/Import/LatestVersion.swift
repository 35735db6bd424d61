/// Passes on one of several values of a group that follow one another: the latest.
///
/// Memory is one value, however many versions there are.
struct LatestVersion<Value> {
    private var pending: (group: String, order: String, value: Value)?

    /// Takes the next value.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - group: what it shares with the other values of its group.
    ///   - order: grows from version to version, compared by its characters' numbers; of equal ones the last counts.
    /// - Returns: the value of the group before, once another group begins.
    mutating func take(_ value: Value, group: String, order: String) -> Value? {
        guard let known = pending, known.group == group else {
            let finished = pending?.value
            pending = (group, order, value)
            return finished
        }
        if !order.utf8.lexicographicallyPrecedes(known.order.utf8) { pending = (group, order, value) }
        return nil
    }

    /// The value of the last group.
    mutating func finish() -> Value? {
        defer { pending = nil }
        return pending?.value
    }
}
