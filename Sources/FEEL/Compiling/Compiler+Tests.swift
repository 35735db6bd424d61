extension Compiler {
    /// The tests of a cell.
    mutating func compile(unaryTests tests: [Syntax], inputSlot: Int) -> Node {
        let nodes = tests.map { compile(test: $0, inputSlot: inputSlot) }
        if nodes.count == 1, let only = nodes.first { return only }
        return MembershipNode(
            nil,
            inputSlot: inputSlot,
            tests: nodes,
            at: tests.first?.position ?? SourcePosition()
        )
    }

    /// One test of the value in the input slot.
    mutating func compile(test: Syntax, inputSlot slot: Int) -> Node {
        let position = test.position
        switch test.kind {
        case .anyTest: return AnyTestNode(position)
        case .negatedTests(let tests):
            return NegatedTestNode(compile(unaryTests: tests, inputSlot: slot), at: position)
        case .operatorRange(let operation, let operand):
            return OperatorTestNode(operation, compile(operand), inputSlot: slot, at: position)
        case .range(let start, let startIncluded, let end, let endIncluded):
            return RangeTestNode(
                start: compile(start),
                startIncluded: startIncluded,
                end: compile(end),
                endIncluded: endIncluded,
                inputSlot: slot,
                at: position
            )
        case .condition(let inner):
            return GeneralTestNode(compile(inner), mentionsInput: true, inputSlot: slot, at: position)
        default:
            let node = compile(test)
            guard let constant = (node as? ConstantNode)?.value, constant.isScalar else {
                return GeneralTestNode(node, mentionsInput: false, inputSlot: slot, at: position)
            }
            return ConstantTestNode(constant, inputSlot: slot, at: position)
        }
    }
}

extension Value {
    /// Whether this is a context, or a list with one in it.
    private var hasContexts: Bool {
        switch self {
        case .context: true
        case .list(let list): list.elements.contains { $0.hasContexts }
        default: false
        }
    }

    /// This value; nil for a context and for lists of some, whose types hold for each use rather than for the text.
    var withoutContexts: Value? { hasContexts ? nil : self }

    var isScalar: Bool {
        switch self {
        case .list, .range, .context, .function: false
        default: true
        }
    }
}

extension UnaryTest {
    /// The compiled tests of a cell in a form that can be analysed.
    static func analyse(_ root: Node) -> [UnaryTest] {
        if let any = root as? MembershipNode, any.value == nil { return any.tests.map(analyse(test:)) }
        return [analyse(test: root)]
    }

    private static func analyse(test: Node) -> UnaryTest {
        switch test {
        case is AnyTestNode: return .any
        case let test as ConstantTestNode: return analyse(test.constant)
        case let test as NegatedTestNode: return .not(analyse(test.inner))
        case let test as OperatorTestNode:
            guard let operand = (test.operand as? ConstantNode)?.value else { return .opaque }
            return RangeValue(test.operation, operand).map { analyse(.range($0)) } ?? .opaque
        case let test as RangeTestNode: return analyse(test)
        case let test as GeneralTestNode where !test.mentionsInput:
            return (test.expression as? ConstantNode).map { analyse($0.value) } ?? .opaque
        default: return .opaque
        }
    }

    private static func analyse(_ test: RangeTestNode) -> UnaryTest {
        guard let start = (test.start as? ConstantNode)?.value, let end = (test.end as? ConstantNode)?.value,
            let order = start.compare(end), order <= 0
        else { return .opaque }
        return .interval(
            RangeValue(start: start, startIncluded: test.startIncluded, end: end, endIncluded: test.endIncluded)
        )
    }

    private static func analyse(_ constant: Value) -> UnaryTest {
        switch constant {
        case .null: return .isNull
        case .list(let list):
            let isFlat = list.allSatisfy { element in
                if case .range = element { return true }
                return element.isScalar
            }
            return isFlat ? .anyOf(list.map(analyse)) : .opaque
        case .range(let range):
            switch range.form {
            case .interval, .comparison: return .interval(range)
            case .equal: return range.start.isScalar ? analyse(range.start) : .opaque
            case .notEqual: return range.start.isScalar ? .not([analyse(range.start)]) : .opaque
            }
        case .context, .function: return .opaque
        default: return .equal(constant)
        }
    }
}
