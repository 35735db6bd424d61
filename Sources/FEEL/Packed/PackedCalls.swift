import IEEEDecimal

/// Functions over packed values.

/// A call inside a filter of a function that no member of the item hides.
final class PackedUnhidden: PackedNode {
    private let member: PackedMember
    private let item: Int
    private let call: PackedNode

    init(_ member: PackedMember, item: Int, _ call: PackedNode) {
        self.member = member
        self.item = item
        self.call = call
    }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let value = memory.slots[item]
        if value.kind == .context, member.position(in: value, memory) >= 0 { throw PackedBailout() }
        return try call.evaluate(memory)
    }
}

/// A built-in of one argument.
final class PackedUnary: PackedNode {
    typealias Body = (PackedValue, PackedMemory) throws(PackedBailout) -> PackedValue

    private let argument: PackedNode
    private let body: Body

    init(_ argument: PackedNode, _ body: @escaping Body) {
        self.argument = argument
        self.body = body
    }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let value = try argument.evaluate(memory)
        try memory.charge(value)
        return try body(value, memory)
    }
}

/// A built-in of two arguments.
final class PackedBinary: PackedNode {
    typealias Body = (PackedValue, PackedValue, PackedMemory) throws(PackedBailout) -> PackedValue

    private let first: PackedNode
    private let second: PackedNode
    private let body: Body

    init(_ first: PackedNode, _ second: PackedNode, _ body: @escaping Body) {
        self.first = first
        self.second = second
        self.body = body
    }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let one = try first.evaluate(memory)
        let other = try second.evaluate(memory)
        try memory.charge(one)
        try memory.charge(other)
        return try body(one, other, memory)
    }
}

/// The largest or the smallest of some numbers.
final class PackedExtreme: PackedNode {
    private let values: PackedNodes
    private let sign: Int

    init(_ values: [PackedNode], sign: Int) {
        self.values = PackedNodes(values)
        self.sign = sign
    }

    deinit { values.deallocate() }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        if values.count == 1 {
            let list = try values.evaluate(0, memory)
            guard list.kind == .list, list.detail > 0 else { throw PackedBailout() }
            try memory.charge(list.size)
            var best = memory.cells[list.place]
            try check(best)
            for index in 1..<list.detail {
                let next = memory.cells[list.place + index]
                if try memory.compare(next, best) * sign > 0 { best = next }
            }
            return best
        }
        var best = try values.evaluate(0, memory)
        try check(best)
        for index in 1..<values.count {
            let next = try values.evaluate(index, memory)
            if try memory.compare(next, best) * sign > 0 { best = next }
        }
        return best
    }

    private func check(_ value: PackedValue) throws(PackedBailout) {
        guard value.kind == .number || value.kind == .date || value.kind == .duration else { throw PackedBailout() }
    }
}

/// `concatenate`.
final class PackedConcatenation: PackedNode {
    private let lists: PackedNodes
    private let slots: Int

    /// Lists, and the slots to hold them while their elements are counted.
    init(_ lists: [PackedNode], slots: Int) {
        self.lists = PackedNodes(lists)
        self.slots = slots
    }

    deinit { lists.deallocate() }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        var count = 0
        for index in 0..<lists.count {
            let list = try lists.evaluate(index, memory)
            guard list.kind == .list else { throw PackedBailout() }
            memory.slots[slots + index] = list
            count += list.detail
        }
        try memory.charge(2 * count)
        let place = try memory.allocate(count)
        var end = place
        for index in 0..<lists.count {
            let list = memory.slots[slots + index]
            for element in 0..<list.detail { memory.put(memory.cells[list.place + element], at: end + element) }
            end += list.detail
        }
        return try memory.list(at: place, count: count)
    }
}

/// `context merge` of a context and another one.
final class PackedMerge: PackedNode {
    private let left: PackedNode
    private let right: PackedNode
    // The shapes merged last, and what that gave; without checks of exclusive access, as a node belongs to one thread.
    @exclusivity(unchecked) private var leftShape = -1
    @exclusivity(unchecked) private var rightShape = -1
    @exclusivity(unchecked) private var shape = 0
    @exclusivity(unchecked) private var count = 0
    @exclusivity(unchecked) private var kept = 0
    /// For each value of the right context its position in the merged one.
    private let places: UnsafeMutablePointer<Int>
    @exclusivity(unchecked) private var placeCount = 0
    private static let maximumPlaces = 256

    init(_ left: PackedNode, _ right: PackedNode) {
        self.left = left
        self.right = right
        places = .allocate(capacity: Self.maximumPlaces)
    }

    deinit { places.deallocate() }

    override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        let one = try left.evaluate(memory)
        let other = try right.evaluate(memory)
        guard one.kind == .context, other.kind == .context else { throw PackedBailout() }
        if leftShape != one.detail || rightShape != other.detail { try look(one.detail, other.detail, memory) }
        try memory.charge(2 * (kept + placeCount) + (one.size + other.size) >> 4)
        let place = try memory.allocate(count)
        for position in 0..<kept { memory.put(memory.cells[one.place + position], at: place + position) }
        for position in 0..<placeCount {
            memory.put(memory.cells[other.place + position], at: place + places[position])
        }
        return try memory.context(shape, at: place, count: count)
    }

    @inline(never)
    private func look(_ left: Int, _ right: Int, _ memory: PackedMemory) throws(PackedBailout) {
        let shapes = memory.shapes
        shape = try shapes.merging(left, right)
        (count, kept, placeCount) = (shapes.count(shape), shapes.count(left), shapes.count(right))
        guard placeCount <= Self.maximumPlaces else { throw PackedBailout() }
        for (index, key) in shapes.keys[right].enumerated() {
            (places + index).initialize(to: shapes.position(of: key, in: shape))
        }
        (leftShape, rightShape) = (left, right)
    }
}

/// What the built-ins do.
enum PackedBuiltins {
    static func not(_ value: PackedValue, _ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        guard value.kind == .boolean else { throw PackedBailout() }
        return PackedValue(value.payload == 0)
    }

    static func count(_ list: PackedValue, _ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        guard list.kind == .list else { throw PackedBailout() }
        return PackedValue(.number, Int64(list.detail))
    }

    static func sum(_ list: PackedValue, _ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        guard list.kind == .list, list.detail > 0 else { throw PackedBailout() }
        try memory.charge(list.size >> 2)
        var total = memory.cells[list.place]
        guard total.kind == .number else { throw PackedBailout() }
        for index in 1..<list.detail {
            let next = memory.cells[list.place + index]
            guard next.kind == .number else { throw PackedBailout() }
            total = try PackedNumber.add(total, next, negated: false)
        }
        return total
    }

    static func contains(
        _ list: PackedValue,
        _ element: PackedValue,
        _ memory: PackedMemory
    ) throws(PackedBailout) -> PackedValue {
        guard list.kind == .list else { throw PackedBailout() }
        for index in 0..<list.detail where try memory.isEqual(memory.cells[list.place + index], element) {
            return PackedValue(true)
        }
        return PackedValue(false)
    }

    static func indices(
        _ list: PackedValue,
        _ match: PackedValue,
        _ memory: PackedMemory
    ) throws(PackedBailout) -> PackedValue {
        guard list.kind == .list else { throw PackedBailout() }
        let place = try memory.allocate(list.detail)
        var count = 0
        for index in 0..<list.detail where try memory.isEqual(memory.cells[list.place + index], match) {
            memory.put(PackedValue(.number, Int64(index + 1)), at: place + count)
            count += 1
        }
        try memory.charge(count)
        return try memory.list(at: place, count: count)
    }

    static func flatten(_ list: PackedValue, _ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        guard list.kind == .list else { throw PackedBailout() }
        let place = try memory.allocate(list.size)
        var count = 0
        try flatten(list, place, &count, memory)
        try memory.charge(list.size)
        return try memory.list(at: place, count: count)
    }

    private static func flatten(
        _ list: PackedValue,
        _ place: Int,
        _ count: inout Int,
        _ memory: PackedMemory
    ) throws(PackedBailout) {
        for index in 0..<list.detail {
            let element = memory.cells[list.place + index]
            if element.kind == .list {
                try flatten(element, place, &count, memory)
            } else {
                memory.put(element, at: place + count)
                count += 1
            }
        }
    }

    static func date(_ value: PackedValue, _ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        switch value.kind {
        case .date: return value
        case .moment:
            let day: Int64 = 86_400_000_000
            return PackedValue(.date, value.payload.flooredQuotient(day))
        case .symbol, .bytes:
            guard let date = TemporalText.date(memory.string(value)) else { throw PackedBailout() }
            return PackedValue(.date, date.daysSince1970)
        default: throw PackedBailout()
        }
    }

    static func string(_ value: PackedValue, _ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        switch value.kind {
        case .symbol, .bytes, .rope, .numeral, .null: return value
        case .number:
            if value.detail == 0, value.payload >= 0, value.payload < 10 { return memory.digits[Int(value.payload)] }
            guard abs(value.detail) <= 18 else { throw PackedBailout() }
            return PackedValue(.numeral, value.payload, detail: value.detail)
        default: throw PackedBailout()
        }
    }

    static func rounded(
        _ number: PackedValue,
        _ scale: PackedValue,
        _ mode: DecimalRounding,
        _ memory: PackedMemory
    ) throws(PackedBailout) -> PackedValue {
        guard number.kind == .number, scale.kind == .number, let digits = try PackedNumber.integer(scale),
            abs(digits) <= 1_000
        else { throw PackedBailout() }
        if digits >= -number.detail { return number }
        return try memory.number(memory.decimal(number).rounded(scale: digits, mode: mode))
    }

    static func join(
        _ list: PackedValue,
        _ delimiter: PackedValue,
        _ memory: PackedMemory
    ) throws(PackedBailout) -> PackedValue {
        guard list.kind == .list, delimiter.isText || delimiter.isNull else { throw PackedBailout() }
        try memory.charge(list.size)
        var result: PackedValue?
        for index in 0..<list.detail {
            let part = memory.cells[list.place + index]
            if part.isNull { continue }
            guard part.isText else { throw PackedBailout() }
            guard let before = result else {
                result = part
                continue
            }
            let left = delimiter.isText ? try memory.joined(before, delimiter) : before
            result = try memory.joined(left, part)
        }
        guard let result else { throw PackedBailout() }
        return result
    }
}
