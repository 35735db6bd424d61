import IEEEDecimal

/// Compiled logic over packed values: the same answer as the nodes of the language where it gives one.
///
/// A node never records an error: where the interpreter would, it bails out. Nodes are of one thread, with the memory they
/// were compiled for, and remember where they found something last.
package class PackedNode {
    init() {}

    /// The simple type that every value is of that is not null; nil where that is not known.
    var certain: QuickCheck? { nil }

    /// The value, with the variables as they are.
    package func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue { throw PackedBailout() }
}

/// Nodes in a row, evaluated without counting references: an array would count one for each node it gives.
struct PackedNodes {
    private let kept: [PackedNode]
    private let nodes: UnsafeMutablePointer<Unmanaged<PackedNode>>
    let count: Int

    /// Keeps the nodes; the owner calls ``deallocate()`` at its end.
    init(_ nodes: [PackedNode]) {
        kept = nodes
        count = nodes.count
        self.nodes = .allocate(capacity: max(1, count))
        for index in nodes.indices { (self.nodes + index).initialize(to: .passUnretained(nodes[index])) }
    }

    func deallocate() { nodes.deallocate() }

    /// The value of one of the nodes.
    @inline(__always)
    func evaluate(_ index: Int, _ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        // The node lives as long as `kept`.
        try nodes[index]._withUnsafeGuaranteedRef { node in
            Result { () throws(PackedBailout) in try node.evaluate(memory) }
        }
        .get()
    }
}

/// The value of a boolean; nil for null.
///
/// Bails out for every other value.
@inline(__always)
func packedTruth(_ value: PackedValue) throws(PackedBailout) -> Bool? {
    if value.kind == .boolean { return value.payload != 0 }
    if value.isNull { return nil }
    throw PackedBailout()
}

final class PackedConstant: PackedNode {
    let value: PackedValue

    init(_ value: PackedValue) { self.value = value }

    override var certain: QuickCheck? {
        let simple: [QuickCheck] = [.number, .string, .boolean, .date, .list, .context]
        return simple.first { $0.passes(value) }
    }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue { value }
}

/// The value of a variable.
final class PackedVariable: PackedNode {
    let slot: Int

    init(_ slot: Int) { self.slot = slot }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue { memory.slots[slot] }
}

/// `variable.name`.
final class PackedVariablePath: PackedNode {
    private let slot: Int
    private let member: PackedMember
    private let path: PackedPath

    init(_ variable: PackedVariable, _ member: PackedMember) {
        slot = variable.slot
        self.member = member
        path = PackedPath(variable, member)
    }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let value = memory.slots[slot]
        guard value.kind == .context else { return try path.evaluate(memory) }
        let position = member.position(in: value, memory)
        guard position >= 0 else { throw PackedBailout() }
        return memory.cells[value.place + position]
    }
}

final class PackedConditional: PackedNode {
    private let condition: PackedNode
    private let then: PackedNode
    private let otherwise: PackedNode

    init(_ condition: PackedNode, then: PackedNode, otherwise: PackedNode) {
        self.condition = condition
        self.then = then
        self.otherwise = otherwise
    }

    override var certain: QuickCheck? {
        if (then as? PackedConstant)?.value.isNull == true { return otherwise.certain }
        if (otherwise as? PackedConstant)?.value.isNull == true { return then.certain }
        return then.certain == otherwise.certain ? then.certain : nil
    }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        try packedTruth(condition.evaluate(memory)) == true ? try then.evaluate(memory) : try otherwise.evaluate(memory)
    }
}

/// `and` and `or`.
final class PackedLogic: PackedNode {
    private let operands: PackedNodes
    private let decisive: Bool

    init(_ operands: [PackedNode], decisive: Bool) {
        self.operands = PackedNodes(operands)
        self.decisive = decisive
    }

    deinit { operands.deallocate() }

    override var certain: QuickCheck? { .boolean }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        var isKnown = true
        for index in 0..<operands.count {
            guard let truth = try packedTruth(operands.evaluate(index, memory)) else {
                isKnown = false
                continue
            }
            if truth == decisive { return PackedValue(decisive) }
        }
        return isKnown ? PackedValue(!decisive) : .null
    }
}

final class PackedComparison: PackedNode {
    private let operation: Syntax.Comparison
    private let left: PackedNode
    private let right: PackedNode

    init(_ operation: Syntax.Comparison, _ left: PackedNode, _ right: PackedNode) {
        self.operation = operation
        self.left = left
        self.right = right
    }

    override var certain: QuickCheck? { .boolean }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let one = try left.evaluate(memory)
        let other = try right.evaluate(memory)
        return try PackedValue(Self.holds(operation, one, other, memory))
    }

    @inline(__always)
    static func holds(
        _ operation: Syntax.Comparison,
        _ left: PackedValue,
        _ right: PackedValue,
        _ memory: PackedMemory
    ) throws(PackedBailout) -> Bool {
        switch operation {
        case .equal: try memory.equals(left, right)
        case .notEqual: try !memory.equals(left, right)
        default: try operation.accepts(memory.compare(left, right))
        }
    }
}

/// `= null` and `!= null`.
final class PackedNullComparison: PackedNode {
    private let operand: PackedNode
    private let isPositive: Bool

    init(_ operand: PackedNode, isPositive: Bool) {
        self.operand = operand
        self.isPositive = isPositive
    }

    override var certain: QuickCheck? { .boolean }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        PackedValue(try operand.evaluate(memory).isNull == isPositive)
    }
}

final class PackedBetween: PackedNode {
    private let value: PackedNode
    private let low: PackedNode
    private let high: PackedNode

    init(_ value: PackedNode, low: PackedNode, high: PackedNode) {
        self.value = value
        self.low = low
        self.high = high
    }

    override var certain: QuickCheck? { .boolean }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let value = try value.evaluate(memory)
        let isAbove = try memory.compare(value, try low.evaluate(memory)) >= 0
        let isBelow = try memory.compare(value, try high.evaluate(memory)) <= 0
        return PackedValue(isAbove && isBelow)
    }
}

/// `instance of` a simple type.
final class PackedInstanceOf: PackedNode {
    private let operand: PackedNode
    private let type: QuickCheck

    init(_ operand: PackedNode, _ type: QuickCheck) {
        self.operand = operand
        self.type = type
    }

    override var certain: QuickCheck? { .boolean }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let value = try operand.evaluate(memory)
        return PackedValue(!value.isNull && type.passes(value))
    }
}

final class PackedArithmetic: PackedNode {
    private let operation: Syntax.Arithmetic
    private let left: PackedNode
    private let right: PackedNode

    init(_ operation: Syntax.Arithmetic, _ left: PackedNode, _ right: PackedNode) {
        self.operation = operation
        self.left = left
        self.right = right
    }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let one = try left.evaluate(memory)
        return try Self.apply(operation, one, right.evaluate(memory), memory)
    }

    @inline(__always)
    private static func apply(
        _ operation: Syntax.Arithmetic,
        _ left: PackedValue,
        _ right: PackedValue,
        _ memory: PackedMemory
    ) throws(PackedBailout) -> PackedValue {
        if left.kind == .number, right.kind == .number { return try number(operation, left, right, memory) }
        switch operation {
        case .add where left.isText && right.isText: return try memory.joined(left, right)
        case .subtract where left.kind == .date && right.kind == .date:
            let (nanoseconds, overflow) = (left.payload - right.payload)
                .multipliedReportingOverflow(by: 86_400_000_000_000)
            if overflow { throw PackedBailout() }
            return PackedValue(.duration, nanoseconds)
        default: throw PackedBailout()
        }
    }

    @inline(__always)
    private static func number(
        _ operation: Syntax.Arithmetic,
        _ left: PackedValue,
        _ right: PackedValue,
        _ memory: PackedMemory
    ) throws(PackedBailout) -> PackedValue {
        switch operation {
        case .add: return try PackedNumber.add(left, right, negated: false)
        case .subtract: return try PackedNumber.add(left, right, negated: true)
        case .multiply: return try PackedNumber.multiply(left, right)
        case .divide:
            let quotient = memory.decimal(left) / memory.decimal(right)
            return try memory.number(quotient)
        case .power: throw PackedBailout()
        }
    }
}

final class PackedNegation: PackedNode {
    private let operand: PackedNode

    init(_ operand: PackedNode) { self.operand = operand }

    override var certain: QuickCheck? { .number }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let value = try operand.evaluate(memory)
        guard value.kind == .number, value.payload != 0 else { throw PackedBailout() }
        return PackedValue(.number, -value.payload, detail: value.detail)
    }
}

extension QuickCheck {
    /// Whether a packed value surely conforms; false when the full check must tell.
    @inline(__always)
    package func passes(_ value: PackedValue) -> Bool {
        switch value.kind {
        case .number: self == .number || self == .any
        case .symbol, .bytes, .rope, .numeral: self == .string || self == .any
        case .boolean: self == .boolean || self == .any
        case .date: self == .date || self == .any
        case .list: self == .list || self == .any
        case .context: self == .context || self == .any
        case .null: self != .slow
        case .moment, .duration: self == .any
        }
    }
}
