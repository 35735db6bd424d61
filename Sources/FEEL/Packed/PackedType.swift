/// A type to check packed values against.
package class PackedType {
    fileprivate init() {}

    /// The check that is all there is to the type; `slow` where there is more.
    var quick: QuickCheck { .slow }

    /// Whether a value is of the type, or null.
    package func accepts(_ value: PackedValue, _ memory: PackedMemory) -> Bool { false }

    /// A type of the language.
    package static func making(_ type: FEELType, _ memory: PackedMemory) throws(PackedRefusal) -> PackedType {
        let quick = QuickCheck(type)
        if quick != .slow { return QuickType(quick) }
        switch type {
        case .dateAndTime: return MomentType()
        case .list(let element): return ListType(try making(element, memory))
        case .context(let entries):
            var members: [(name: String, type: PackedType)] = []
            for entry in entries { members.append((entry.name, try making(entry.type, memory))) }
            return try ContextType(members, memory)
        default: throw PackedRefusal("the type \(type)")
        }
    }

    /// Lists of values of a type.
    package static func list(of element: PackedType) -> PackedType { ListType(element) }

    /// Contexts with members of some types.
    package static func context(
        _ members: [(name: String, type: PackedType)],
        _ memory: PackedMemory
    ) throws(PackedRefusal) -> PackedType {
        try ContextType(members, memory)
    }

    /// Texts that are among some.
    package static func texts(_ texts: [String], _ memory: PackedMemory) -> PackedType {
        TextType(texts.map { memory.symbol($0).payload })
    }
}

private final class QuickType: PackedType {
    private let check: QuickCheck

    init(_ check: QuickCheck) { self.check = check }

    override var quick: QuickCheck { check }

    override func accepts(_ value: PackedValue, _ memory: PackedMemory) -> Bool { check.passes(value) }
}

private final class MomentType: PackedType {
    override init() {}

    override func accepts(_ value: PackedValue, _ memory: PackedMemory) -> Bool {
        value.kind == .moment || value.isNull
    }
}

private final class TextType: PackedType {
    private let symbols: [Int64]

    init(_ symbols: [Int64]) { self.symbols = symbols }

    override func accepts(_ value: PackedValue, _ memory: PackedMemory) -> Bool {
        if value.isNull { return true }
        guard value.kind == .symbol else { return false }
        for index in symbols.indices where symbols[index] == value.payload { return true }
        return false
    }
}

private final class ListType: PackedType {
    private let element: PackedType

    init(_ element: PackedType) { self.element = element }

    override func accepts(_ value: PackedValue, _ memory: PackedMemory) -> Bool {
        if value.isNull { return true }
        guard value.kind == .list else { return false }
        for index in 0..<value.detail where !element.accepts(memory.cells[value.place + index], memory) {
            return false
        }
        return true
    }
}

/// Contexts; where the members stand is remembered for some shapes.
private final class ContextType: PackedType {
    private let keys: [Int32]
    /// The checks of the members; `slow` for those in `types`.
    private let checks: UnsafeMutablePointer<QuickCheck>
    private let types: [PackedType]
    /// For some shapes, which are a power of two, the places of the members.
    private let shapes: UnsafeMutablePointer<Int>
    private let places: UnsafeMutablePointer<Int>
    private static let remembered = 8

    init(_ members: [(name: String, type: PackedType)], _ memory: PackedMemory) throws(PackedRefusal) {
        var keys: [Int32] = []
        for member in members { keys.append(try memory.member(member.name).key) }
        self.keys = keys
        types = members.map(\.type)
        checks = .allocate(capacity: max(1, members.count))
        for (index, type) in types.enumerated() {
            (checks + index).initialize(to: type.quick)
        }
        shapes = .allocate(capacity: Self.remembered)
        shapes.initialize(repeating: -1, count: Self.remembered)
        places = .allocate(capacity: Self.remembered * max(1, members.count))
        places.initialize(repeating: -1, count: Self.remembered * max(1, members.count))
    }

    deinit {
        checks.deallocate()
        shapes.deallocate()
        places.deallocate()
    }

    override func accepts(_ value: PackedValue, _ memory: PackedMemory) -> Bool {
        if value.isNull { return true }
        guard value.kind == .context else { return false }
        let line = value.detail & (Self.remembered - 1)
        let places = places + line * keys.count
        if shapes[line] != value.detail { look(value.detail, line, memory) }
        let values = memory.cells + value.place
        for index in 0..<keys.count {
            guard places[index] >= 0 else { return false }
            let member = values[places[index]]
            if checks[index].passes(member) { continue }
            guard checks[index] == .slow, types[index].accepts(member, memory) else { return false }
        }
        return true
    }

    @inline(never)
    private func look(_ shape: Int, _ line: Int, _ memory: PackedMemory) {
        shapes[line] = shape
        for index in keys.indices {
            places[line * keys.count + index] = memory.shapes.position(of: keys[index], in: shape)
        }
    }
}
