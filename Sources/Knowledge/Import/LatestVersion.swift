/// Keeps only the latest of consecutive values that belong to the same group.
///
/// It holds one value at a time, however many versions there are.
struct LatestVersion<Value> {
    private var pending: (group: String, order: String, value: Value)?

    /// Compares the next value with the one kept.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - group: the key of the value's group.
    ///   - order: increases from version to version, compared by Unicode scalars; of equal ones the last counts.
    /// - Returns: the latest value of the previous group when another group begins.
    mutating func push(_ value: Value, group: String, order: String) -> Value? {
        guard let known = pending, known.group == group else {
            let finished = pending?.value
            pending = (group, order, value)
            return finished
        }
        if !order.utf8.lexicographicallyPrecedes(known.order.utf8) { pending = (group, order, value) }
        return nil
    }

    /// Returns the latest value of the last group.
    mutating func finish() -> Value? {
        defer { pending = nil }
        return pending?.value
    }
}
