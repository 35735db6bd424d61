/// `and` and `or` in three-valued logic (table 48): what is not boolean counts as null.
final class LogicNode: Node, @unchecked Sendable {
    let operands: [Node]
    /// The value that decides at once: false for `and`, true for `or`.
    let decisive: Bool

    init(_ operands: [Node], decisive: Bool, at position: SourcePosition) {
        self.operands = operands
        self.decisive = decisive
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        var isKnown = true
        for index in operands.indices {
            let value = operands[index].evaluate(frame)
            guard case .boolean(let boolean) = value else {
                if !value.isNull {
                    frame.evaluation.fail(
                        .type,
                        at: operands[index].position,
                        "a \(value.typeName) where a boolean is needed"
                    )
                }
                isKnown = false
                continue
            }
            if boolean == decisive { return .boolean(decisive) }
        }
        return isKnown ? .boolean(!decisive) : .null
    }

    override var weight: Int { operands.reduce(1) { $0 + $1.weight } }
}

final class ComparisonNode: Node, @unchecked Sendable {
    let operation: Syntax.Comparison
    let left: Node
    let right: Node

    init(_ operation: Syntax.Comparison, _ left: Node, _ right: Node, at position: SourcePosition) {
        self.operation = operation
        self.left = left
        self.right = right
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        if let left = left.place(frame), let right = right.place(frame) {
            return Self.compare(operation, left.pointee, right.pointee, frame, position)
        }
        return Self.compare(operation, left.evaluate(frame), right.evaluate(frame), frame, position)
    }

    override var weight: Int { 1 + left.weight + right.weight }

    /// Not inlined, so that operands are looked at where they stand.
    @inline(never)
    static func compare(
        _ operation: Syntax.Comparison,
        _ left: Value,
        _ right: Value,
        _ frame: Frame,
        _ position: SourcePosition
    ) -> Value {
        frame.evaluation.charge(left)
        switch operation {
        case .equal, .notEqual:
            let equal = left.equals(right)
            guard case .boolean(let isEqual) = equal else { return fail(left, right, frame, position) }
            return .boolean(isEqual == (operation == .equal))
        default:
            guard let order = left.compare(right) else { return fail(left, right, frame, position) }
            return .boolean(operation.accepts(order))
        }
    }

    private static func fail(_ left: Value, _ right: Value, _ frame: Frame, _ position: SourcePosition) -> Value {
        frame.evaluation.fail(
            .type,
            at: position,
            "a \(left.typeName) and a \(right.typeName) cannot be compared here"
        )
    }
}

/// A comparison with a constant, which is looked at where it stands.
final class ConstantComparisonNode: Node, @unchecked Sendable {
    let operation: Syntax.Comparison
    let left: Node
    let constant: Value
    private let constantWeight: Int

    init(_ operation: Syntax.Comparison, _ left: Node, _ right: ConstantNode, at position: SourcePosition) {
        self.operation = operation
        self.left = left
        constant = right.value
        constantWeight = right.weight
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        if let left = left.place(frame) {
            return ComparisonNode.compare(operation, left.pointee, constant, frame, position)
        }
        return ComparisonNode.compare(operation, left.evaluate(frame), constant, frame, position)
    }

    override var weight: Int { 1 + left.weight + constantWeight }
}

/// `= null` and `!= null`.
final class NullComparisonNode: Node, @unchecked Sendable {
    let operand: Node
    /// Whether it asks for null, not for anything else.
    let isPositive: Bool

    init(_ operand: Node, isPositive: Bool, at position: SourcePosition) {
        self.operand = operand
        self.isPositive = isPositive
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value { .boolean(operand.isNull(frame) == isPositive) }

    override var weight: Int { 2 + operand.weight }
}

extension Syntax.Comparison {
    /// Whether an order of two values satisfies the operator.
    @inline(__always)
    func accepts(_ order: Int) -> Bool {
        switch self {
        case .equal: order == 0
        case .notEqual: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        }
    }
}

final class BetweenNode: Node, @unchecked Sendable {
    let value: Node
    let low: Node
    let high: Node

    init(_ value: Node, low: Node, high: Node, at position: SourcePosition) {
        self.value = value
        self.low = low
        self.high = high
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        let value = value.evaluate(frame)
        let above = ComparisonNode.compare(.greaterOrEqual, value, low.evaluate(frame), frame, position)
        let below = ComparisonNode.compare(.lessOrEqual, value, high.evaluate(frame), frame, position)
        guard case .boolean(let isAbove) = above, case .boolean(let isBelow) = below else { return .null }
        return .boolean(isAbove && isBelow)
    }

    override var weight: Int { 2 + value.weight + low.weight + high.weight }
}
