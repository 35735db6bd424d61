/// Paths, lists, contexts and loops over packed values.

/// `value.name`.
final class PackedPath: PackedNode {
    private let source: PackedNode
    private let member: PackedMember

    init(_ source: PackedNode, _ member: PackedMember) {
        self.source = source
        self.member = member
    }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let value = try source.evaluate(memory)
        if value.kind == .context {
            let position = member.position(in: value, memory)
            guard position >= 0 else { throw PackedBailout() }
            return memory.cells[value.place + position]
        }
        return try other(value, memory)
    }

    @inline(never)
    private func other(_ value: PackedValue, _ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        switch value.kind {
        case .list:
            let place = try memory.allocate(value.detail)
            for index in 0..<value.detail {
                let element = memory.cells[value.place + index]
                guard element.kind == .context || element.isNull || element.isText else { throw PackedBailout() }
                let position = element.kind == .context ? member.position(in: element, memory) : -1
                memory.put(position >= 0 ? memory.cells[element.place + position] : .null, at: place + index)
            }
            try memory.charge(value.detail)
            return try memory.list(at: place, count: value.detail)
        case .date, .moment, .duration:
            guard let property = memory.value(value).member(member.name) else { throw PackedBailout() }
            return try memory.packed(property)
        default: throw PackedBailout()
        }
    }
}

/// A key that is looked for again and again, mostly in contexts of a few shapes.
package final class PackedMember {
    let name: String
    let key: Int32
    /// For some shapes, which are a power of two, where the key stands.
    private let known: UnsafeMutablePointer<(shape: Int, position: Int)>
    private static let remembered = 4

    init(_ name: String, key: Int32) {
        self.name = name
        self.key = key
        known = .allocate(capacity: Self.remembered)
        known.initialize(repeating: (-1, -1), count: Self.remembered)
    }

    deinit { known.deallocate() }

    /// The member of a context; nil where it has none.
    package func value(in context: PackedValue, _ memory: PackedMemory) -> PackedValue? {
        let position = position(in: context, memory)
        return position < 0 ? nil : memory.cells[context.place + position]
    }

    /// The position in a context; -1 when it has no such key.
    @inline(__always)
    func position(in context: PackedValue, _ memory: PackedMemory) -> Int {
        let line = known + context.detail & (Self.remembered - 1)
        if line.pointee.shape != context.detail {
            line.pointee = (context.detail, memory.shapes.position(of: key, in: context.detail))
        }
        return line.pointee.position
    }
}

/// A name in a filter that the items may have as a member.
final class PackedItemMember: PackedNode {
    private let member: PackedMember
    private let item: Int
    private let otherwise: PackedNode

    init(_ member: PackedMember, item: Int, otherwise: PackedNode) {
        self.member = member
        self.item = item
        self.otherwise = otherwise
    }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let value = memory.slots[item]
        if value.kind == .context {
            let position = member.position(in: value, memory)
            if position >= 0 { return memory.cells[value.place + position] }
        }
        return try otherwise.evaluate(memory)
    }
}

final class PackedList: PackedNode {
    private let items: PackedNodes

    init(_ items: [PackedNode]) { self.items = PackedNodes(items) }

    deinit { items.deallocate() }

    override var certain: QuickCheck? { .list }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let place = try memory.allocate(items.count)
        for index in 0..<items.count { memory.put(try items.evaluate(index, memory), at: place + index) }
        try memory.charge(items.count >> 1)
        return try memory.list(at: place, count: items.count)
    }
}

/// Slots, each with what is evaluated into it.
struct PackedVariables {
    private let slots: UnsafeMutablePointer<Int>
    private let values: PackedNodes

    var count: Int { values.count }

    /// Keeps the values; the owner calls ``deallocate()`` at its end.
    init(_ slots: [Int], _ values: [PackedNode]) {
        self.values = PackedNodes(values)
        self.slots = .allocate(capacity: max(1, slots.count))
        self.slots.initialize(from: slots, count: slots.count)
    }

    func deallocate() {
        slots.deallocate()
        values.deallocate()
    }

    /// Evaluates a value into its slot.
    @inline(__always)
    func evaluate(_ index: Int, _ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let value = try values.evaluate(index, memory)
        memory.slots[slots[index]] = value
        return value
    }
}

/// A context whose later entries see the earlier ones.
package final class PackedContext: PackedNode {
    private let shape: Int
    private let variables: PackedVariables

    /// Makes a context of the entries, each evaluated into its slot.
    package init(shape: Int, slots: [Int], entries: [PackedNode]) {
        self.shape = shape
        variables = PackedVariables(slots, entries)
    }

    deinit { variables.deallocate() }

    override var certain: QuickCheck? { .context }

    package override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let place = try memory.allocate(variables.count)
        for index in 0..<variables.count { memory.put(try variables.evaluate(index, memory), at: place + index) }
        return try memory.context(shape, at: place, count: variables.count)
    }
}

/// Variables one after the other, then a result.
package final class PackedSequence: PackedNode {
    private let variables: PackedVariables
    private let result: PackedNode

    package init(slots: [Int], entries: [PackedNode], result: PackedNode) {
        variables = PackedVariables(slots, entries)
        self.result = result
    }

    deinit { variables.deallocate() }

    override var certain: QuickCheck? { result.certain }

    package override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        for index in 0..<variables.count { _ = try variables.evaluate(index, memory) }
        return try result.evaluate(memory)
    }
}

/// A call of a function of the model: arguments in slots of its own, then the body.
package final class PackedCall: PackedNode {
    private let arguments: PackedVariables
    private let body: PackedNode

    package init(slots: [Int], arguments: [PackedNode], body: PackedNode) {
        self.arguments = PackedVariables(slots, arguments)
        self.body = body
    }

    deinit { arguments.deallocate() }

    override var certain: QuickCheck? { body.certain }

    package override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        for index in 0..<arguments.count { try memory.charge(arguments.evaluate(index, memory)) }
        return try body.evaluate(memory)
    }
}

/// `list[condition]` or `list[index]`.
final class PackedFilter: PackedNode {
    private let source: PackedNode
    private let item: Int
    private let condition: PackedNode
    private let isIndex: Bool
    private let weight: Int

    init(_ source: PackedNode, item: Int, condition: PackedNode, isIndex: Bool, weight: Int) {
        self.source = source
        self.item = item
        self.condition = condition
        self.isIndex = isIndex
        self.weight = weight
    }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let list = try source.evaluate(memory)
        guard list.kind == .list else { throw PackedBailout() }
        if isIndex { return try Self.element(of: list, condition.evaluate(memory), memory) }
        guard list.detail > 0 else {
            memory.slots[item] = .null
            return try condition.evaluate(memory).kind == .number ? .null : list
        }
        let place = try memory.allocate(list.detail)
        var kept = 0
        for index in 0..<list.detail {
            try memory.charge(weight)
            let element = memory.cells[list.place + index]
            memory.slots[item] = element
            let answer = try condition.evaluate(memory)
            switch answer.kind {
            case .boolean where answer.payload != 0:
                memory.put(element, at: place + kept)
                kept += 1
            case .boolean, .null: break
            case .number where index == 0: return try Self.element(of: list, answer, memory)
            default: throw PackedBailout()
            }
        }
        return try memory.list(at: place, count: kept)
    }

    private static func element(
        of list: PackedValue,
        _ index: PackedValue,
        _ memory: PackedMemory
    ) throws(PackedBailout) -> PackedValue {
        guard index.kind == .number, let index = try PackedNumber.integer(index) else { throw PackedBailout() }
        if index > 0, index <= list.detail { return memory.cells[list.place + index - 1] }
        if index < 0, index >= -list.detail { return memory.cells[list.place + list.detail + index] }
        throw PackedBailout()
    }
}

/// `for` over one list.
final class PackedFor: PackedNode {
    private let domain: PackedNode
    private let slot: Int
    private let body: PackedNode
    private let weight: Int

    init(_ domain: PackedNode, slot: Int, body: PackedNode, weight: Int) {
        self.domain = domain
        self.slot = slot
        self.body = body
        self.weight = weight
    }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let list = try domain.evaluate(memory)
        guard list.kind == .list else { throw PackedBailout() }
        let place = try memory.allocate(list.detail)
        for index in 0..<list.detail {
            try memory.charge(weight)
            memory.slots[slot] = memory.cells[list.place + index]
            memory.put(try body.evaluate(memory), at: place + index)
        }
        return try memory.list(at: place, count: list.detail)
    }
}

/// `some` and `every` over one list.
final class PackedQuantified: PackedNode {
    private let domain: PackedNode
    private let slot: Int
    private let condition: PackedNode
    private let decisive: Bool
    private let weight: Int

    init(_ domain: PackedNode, slot: Int, condition: PackedNode, decisive: Bool, weight: Int) {
        self.domain = domain
        self.slot = slot
        self.condition = condition
        self.decisive = decisive
        self.weight = weight
    }

    override var certain: QuickCheck? { .boolean }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let list = try domain.evaluate(memory)
        guard list.kind == .list else { throw PackedBailout() }
        var isKnown = true
        for index in 0..<list.detail {
            try memory.charge(weight)
            memory.slots[slot] = memory.cells[list.place + index]
            let answer = try condition.evaluate(memory)
            if answer.kind != .boolean {
                isKnown = false
            } else if (answer.payload != 0) == decisive {
                return PackedValue(decisive)
            }
        }
        return isKnown ? PackedValue(!decisive) : .null
    }
}

/// A value that must have a type: as it is where it surely has, and a bail-out where it would have to be converted.
package final class PackedTyped: PackedNode {
    private let inner: PackedNode
    private let type: PackedType
    private let quick: QuickCheck

    /// A node whose values are checked, unless they are surely of the type.
    package static func checking(_ node: PackedNode, _ type: PackedType) -> PackedNode {
        type.quick != .slow && node.certain == type.quick ? node : PackedTyped(node, type)
    }

    private init(_ inner: PackedNode, _ type: PackedType) {
        self.inner = inner
        self.type = type
        quick = type.quick
    }

    override var certain: QuickCheck? { quick == .slow || quick == .any ? nil : quick }

    package override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let value = try inner.evaluate(memory)
        if quick.passes(value) { return value }
        try memory.charge(1 + value.size)
        guard type.accepts(value, memory) else { throw PackedBailout() }
        return value
    }
}

extension PackedMemory {
    /// A key to look for; refused for a name that may equal one of other bytes.
    package func member(_ name: String) throws(PackedRefusal) -> PackedMember {
        guard let key = shapes.key(name) else { throw PackedRefusal("the name '\(name)'") }
        return PackedMember(name, key: key)
    }

    /// A context with one member put: replaced where it stands, or added at the end.
    package func putting(
        _ value: PackedValue,
        _ member: PackedMember,
        in context: PackedValue
    ) throws(PackedBailout) -> PackedValue {
        guard context.kind == .context else { throw PackedBailout() }
        let count = shapes.count(context.detail)
        let position = member.position(in: context, self)
        let shape = position < 0 ? try shapes.adding(member.key, to: context.detail) : context.detail
        let place = try allocate(position < 0 ? count + 1 : count)
        for index in 0..<count { put(cells[context.place + index], at: place + index) }
        put(value, at: place + (position < 0 ? count : position))
        return try self.context(shape, at: place, count: position < 0 ? count + 1 : count)
    }

    /// A context without members.
    package func emptyContext() throws(PackedBailout) -> PackedValue { try context(0, at: 0, count: 0) }

    /// The shape of some keys.
    package func shape(of names: [String]) throws(PackedRefusal) -> Int {
        var keys: [Int32] = []
        for name in names { keys.append(try member(name).key) }
        do throws(PackedBailout) {
            return try shapes.shape(keys)
        } catch {
            throw PackedRefusal("contexts of too many forms")
        }
    }
}
