/// `value in (tests)`, or the tests of a cell: passes when one of them does.
final class MembershipNode: Node, @unchecked Sendable {
    /// The value to test; nil when the input slot holds it already.
    let value: Node?
    let inputSlot: Int
    let tests: [Node]

    init(_ value: Node?, inputSlot: Int, tests: [Node], at position: SourcePosition) {
        self.value = value
        self.inputSlot = inputSlot
        self.tests = tests
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        if let value { frame.slots[inputSlot] = value.evaluate(frame) }
        var isKnown = true
        for test in tests {
            guard case .boolean(let passes) = test.evaluate(frame) else {
                isKnown = false
                continue
            }
            if passes { return .boolean(true) }
        }
        return isKnown ? .boolean(false) : .null
    }

    override var weight: Int { tests.reduce(1 + (value?.weight ?? 0)) { $0 + $1.weight } }
}

/// `-`: passes for every value.
final class AnyTestNode: Node, @unchecked Sendable {
    override func evaluate(_ frame: Frame) -> Value { .boolean(true) }
}

/// `not(tests)` of a cell.
final class NegatedTestNode: Node, @unchecked Sendable {
    let inner: Node

    init(_ inner: Node, at position: SourcePosition) {
        self.inner = inner
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value { inner.evaluate(frame).negated }

    override var weight: Int { 1 + inner.weight }
}

/// Equality with a constant.
final class ConstantTestNode: Node, @unchecked Sendable {
    let inputSlot: Int
    let constant: Value

    init(_ constant: Value, inputSlot: Int, at position: SourcePosition) {
        self.constant = constant
        self.inputSlot = inputSlot
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value { frame.slots[inputSlot].equals(constant) }
}

/// An operator with an operand.
final class OperatorTestNode: Node, @unchecked Sendable {
    let inputSlot: Int
    let operation: Syntax.Comparison
    let operand: Node

    init(_ operation: Syntax.Comparison, _ operand: Node, inputSlot: Int, at position: SourcePosition) {
        self.operation = operation
        self.operand = operand
        self.inputSlot = inputSlot
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        let operand = operand.evaluate(frame)
        frame.evaluation.charge(operand)
        let input = frame.slots[inputSlot]
        switch operation {
        case .equal: return input.equals(operand)
        case .notEqual: return input.equals(operand).negated
        default:
            guard let order = input.compare(operand) else { return .null }
            return .boolean(operation.accepts(order))
        }
    }

    override var weight: Int { 1 + operand.weight }
}

/// A range written in the test.
final class RangeTestNode: Node, @unchecked Sendable {
    let inputSlot: Int
    let start: Node
    let startIncluded: Bool
    let end: Node
    let endIncluded: Bool

    init(
        start: Node,
        startIncluded: Bool,
        end: Node,
        endIncluded: Bool,
        inputSlot: Int,
        at position: SourcePosition
    ) {
        self.start = start
        self.startIncluded = startIncluded
        self.end = end
        self.endIncluded = endIncluded
        self.inputSlot = inputSlot
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        let start = start.evaluate(frame)
        let end = end.evaluate(frame)
        let input = frame.slots[inputSlot]
        guard let above = input.compare(start), let below = input.compare(end) else { return .null }
        return .boolean((above > 0 || (above == 0 && startIncluded)) && (below < 0 || (below == 0 && endIncluded)))
    }

    override var weight: Int { 2 + start.weight + end.weight }
}

/// Any other expression: a boolean counts as it is when the expression mentions `?` or the input is no boolean;
/// everything else is what the input must be, or be in.
final class GeneralTestNode: Node, @unchecked Sendable {
    let inputSlot: Int
    let expression: Node
    let mentionsInput: Bool

    init(_ expression: Node, mentionsInput: Bool, inputSlot: Int, at position: SourcePosition) {
        self.expression = expression
        self.mentionsInput = mentionsInput
        self.inputSlot = inputSlot
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        let input = frame.slots[inputSlot]
        let value = expression.evaluate(frame)
        if case .boolean = value {
            if mentionsInput { return value }
            if case .boolean = input { return input.equals(value) }
            return input.isNull ? .boolean(false) : value
        }
        if mentionsInput && value.isNull { return .null }
        frame.evaluation.charge(value)
        return input.isMember(of: value)
    }

    override var weight: Int { 1 + expression.weight }
}

extension Value {
    /// Whether this value is what a test says: an element, in the range, or equal.
    func isMember(of test: Value) -> Value {
        switch test {
        case .list(let list):
            for element in list.elements {
                if case .range(let range) = element, range.contains(self).isTrue { return .boolean(true) }
                if equals(element).isTrue { return .boolean(true) }
            }
            if case .list = self { return .boolean(equals(test).isTrue) }
            return .boolean(false)
        case .range(let range):
            if case .range = self { return equals(test) }
            return range.contains(self)
        default: return equals(test)
        }
    }
}
