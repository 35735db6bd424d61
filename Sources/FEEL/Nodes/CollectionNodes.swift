final class ListNode: Node, @unchecked Sendable {
    let items: [Node]

    init(_ items: [Node], at position: SourcePosition) {
        self.items = items
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        frame.evaluation.bounded(List(items.evaluate(frame)), at: position)
    }

    override var weight: Int { items.reduce(3) { $0 + 1 + $1.weight } }
}

final class ContextNode: Node, @unchecked Sendable {
    let shape: ContextShape
    /// The slot of each entry, which later entries read.
    let slots: [Int]
    let nodes: [Node]

    init(_ keys: [String], _ entries: [(slot: Int, value: Node)], at position: SourcePosition) {
        shape = ContextShape(keys)
        slots = entries.map(\.slot)
        nodes = entries.map(\.value)
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        for index in nodes.indices { frame.slots[slots[index]] = nodes[index].evaluate(frame) }
        let context = Context(shape: shape) { frame.slots[slots[$0]] }
        return frame.evaluation.bounded(.context(context), at: position)
    }

    override var weight: Int { nodes.reduce(4) { $0 + 1 + $1.weight } }
}

extension Evaluation {
    /// The text, unless it is too long; long texts use up the budget, which bounds memory.
    func bounded(_ text: String, at position: SourcePosition) -> Value {
        guard text.utf8.count <= limits.stringLength, count(text.utf8.count / 64) else {
            return fail(.limit, at: position, "a string too long, or too many long strings")
        }
        return .string(text)
    }

    /// The list, unless it is too long or too deep; elements use up the budget, which bounds memory.
    func bounded(_ list: List, at position: SourcePosition) -> Value {
        guard list.count <= limits.listCount, count(list.count / 2) else {
            return fail(.limit, at: position, "a list too long, or too many long lists")
        }
        return bounded(.list(list), at: position)
    }

    /// The value, unless it nests too deeply.
    func bounded(_ value: Value, at position: SourcePosition) -> Value {
        guard value.depth <= limits.valueDepth else {
            return fail(.limit, at: position, "a value nested deeper than \(limits.valueDepth)")
        }
        guard value.size <= limits.valueSize else {
            return fail(.limit, at: position, "a value of more than \(limits.valueSize) values")
        }
        return value
    }
}

final class RangeNode: Node, @unchecked Sendable {
    let start: Node
    let startIncluded: Bool
    let end: Node
    let endIncluded: Bool

    init(start: Node, startIncluded: Bool, end: Node, endIncluded: Bool, at position: SourcePosition) {
        self.start = start
        self.startIncluded = startIncluded
        self.end = end
        self.endIncluded = endIncluded
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        let start = start.evaluate(frame)
        let end = end.evaluate(frame)
        guard let order = start.compare(end) else {
            return frame.evaluation.fail(
                .type,
                at: position,
                "no range from a \(start.typeName) to a \(end.typeName)"
            )
        }
        guard order <= 0 else {
            return frame.evaluation.fail(.argument, at: position, "the range from \(start) ends at \(end), before it")
        }
        return .range(
            RangeValue(start: start, startIncluded: startIncluded, end: end, endIncluded: endIncluded)
        )
    }

    override var weight: Int { 3 + start.weight + end.weight }
}

final class OperatorRangeNode: Node, @unchecked Sendable {
    let operation: Syntax.Comparison
    let operand: Node

    init(_ operation: Syntax.Comparison, _ operand: Node, at position: SourcePosition) {
        self.operation = operation
        self.operand = operand
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        let value = operand.evaluate(frame)
        return RangeValue(operation, value).map(Value.range)
            ?? frame.evaluation.fail(.type, at: position, "no range \(operation.rawValue) a \(value.typeName)")
    }

    override var weight: Int { 3 + operand.weight }
}

extension RangeValue {
    /// The range of an operator and an operand; nil when the operand has no order and the operator needs one.
    convenience init?(_ operation: Syntax.Comparison, _ value: Value) {
        switch operation {
        case .equal:
            self.init(start: value, startIncluded: true, end: value, endIncluded: true, form: .equal)
            return
        case .notEqual:
            self.init(start: value, startIncluded: false, end: value, endIncluded: false, form: .notEqual)
            return
        default: break
        }
        guard value.compare(value) != nil else { return nil }
        switch operation {
        case .less, .lessOrEqual:
            self.init(
                start: .null,
                startIncluded: false,
                end: value,
                endIncluded: operation == .lessOrEqual,
                form: .comparison
            )
        default:
            self.init(
                start: value,
                startIncluded: operation == .greaterOrEqual,
                end: .null,
                endIncluded: false,
                form: .comparison
            )
        }
    }
}
