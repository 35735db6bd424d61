/// A compiled expression: a tree that is never changed once it is built, apart from hints.
///
/// `@unchecked Sendable`: the class must be open for its kinds, which the compiler cannot check for and which repeat the
/// attribute. Every stored property of every kind is a constant of a `Sendable` type, and evaluation writes only to the frame
/// passed in and to hints (``PlaceHint``), which are atomic and checked before they are used.
class Node: @unchecked Sendable {
    let position: SourcePosition

    init(_ position: SourcePosition) { self.position = position }

    /// The value with the variables as the frame has them.
    func evaluate(_ frame: Frame) -> Value { .null }

    /// Where the value already stands, for those who only look at it; nil where it has to be made.
    ///
    /// Valid until another node of the frame is evaluated. Asking for it has no effects.
    func place(_ frame: Frame) -> UnsafePointer<Value>? { nil }

    /// Whether the value is null.
    final func isNull(_ frame: Frame) -> Bool { place(frame)?.pointee.isNull ?? evaluate(frame).isNull }

    /// What one evaluation costs in eighths of a step, without what is counted while it runs; see ``Cost``.
    var weight: Int { 1 }
}

extension [Node] {
    /// The values of all nodes, in order.
    @inline(__always)
    func evaluate(_ frame: Frame) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in indices { values.append(self[index].evaluate(frame)) }
        return values
    }
}

final class ConstantNode: Node, @unchecked Sendable {
    let value: Value
    private let writtenWeight: Int

    /// A constant; `weight` is that of the text it was computed from, so that the budget does not depend on what the
    /// compiler computes beforehand.
    init(_ value: Value, weight: Int = 1, at position: SourcePosition) {
        self.value = value
        writtenWeight = weight
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value { value }

    override var weight: Int { writtenWeight }
}

final class SlotNode: Node, @unchecked Sendable {
    let slot: Int

    init(_ slot: Int, at position: SourcePosition) {
        self.slot = slot
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value { frame.slots[slot] }

    override func place(_ frame: Frame) -> UnsafePointer<Value>? { UnsafePointer(frame.slots + slot) }
}

/// A node that hides where its value stands.
final class PlainNode: Node, @unchecked Sendable {
    private let inner: Node

    init(_ inner: Node) {
        self.inner = inner
        super.init(inner.position)
    }

    override func evaluate(_ frame: Frame) -> Value { inner.evaluate(frame) }

    override var weight: Int { inner.weight }
}

/// What can only be null: an unknown name, a literal of no value.
final class FailureNode: Node, @unchecked Sendable {
    let kind: Diagnostic.Kind
    let message: String

    init(_ kind: Diagnostic.Kind, _ message: String, at position: SourcePosition) {
        self.kind = kind
        self.message = message
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value { frame.evaluation.fail(kind, at: position, message) }
}

/// A name in a filter that the items may have as a member.
final class ItemMemberNode: Node, @unchecked Sendable {
    let key: ContextKey
    let itemSlot: Int
    let otherwise: Node
    private let hint = PlaceHint()

    init(_ name: String, itemSlot: Int, otherwise: Node, at position: SourcePosition) {
        key = ContextKey(name)
        self.itemSlot = itemSlot
        self.otherwise = otherwise
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        if let place = hint.place(key, in: frame.slots[itemSlot]) { return place.pointee }
        return otherwise.evaluate(frame)
    }

    override func place(_ frame: Frame) -> UnsafePointer<Value>? {
        hint.place(key, in: frame.slots[itemSlot]) ?? otherwise.place(frame)
    }

    override var weight: Int { 1 + otherwise.weight }
}

final class ConditionalNode: Node, @unchecked Sendable {
    let condition: Node
    let then: Node
    let otherwise: Node

    init(_ condition: Node, then: Node, otherwise: Node, at position: SourcePosition) {
        self.condition = condition
        self.then = then
        self.otherwise = otherwise
        super.init(position)
    }

    /// False and null lead to `else`; what is no boolean is an error, as the conformance suite has it.
    override func evaluate(_ frame: Frame) -> Value {
        switch condition.evaluate(frame) {
        case .boolean(true): return then.evaluate(frame)
        case .boolean(false), .null: return otherwise.evaluate(frame)
        case let other:
            return frame.evaluation.fail(.type, at: position, "a \(other.typeName) where a boolean is needed")
        }
    }

    override var weight: Int { 1 + condition.weight + max(then.weight, otherwise.weight) }
}

final class InstanceOfNode: Node, @unchecked Sendable {
    let value: Node
    let type: FEELType

    init(_ value: Node, type: FEELType, at position: SourcePosition) {
        self.value = value
        self.type = type
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        if let place = value.place(frame) { return test(place.pointee, frame) }
        return test(value.evaluate(frame), frame)
    }

    private func test(_ value: Value, _ frame: Frame) -> Value {
        frame.evaluation.charge(value)
        if value.isNull { return .boolean(type == .null) }
        return .boolean(type.isInstance(value))
    }

    override var weight: Int { 1 + value.weight }
}
