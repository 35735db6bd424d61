/// The ordered keys of contexts of one form, shared by all of them.
public final class ContextShape: Sendable {
    /// The keys in order; no key twice.
    public let keys: [String]

    /// The keys' hashes; see ``ContextKey``.
    private let hashes: [UInt64]
    /// A power of two of places for positions, -1 where there is none; empty for few keys.
    private let places: [Int32]
    /// All keys, where some are not ASCII: such a key may equal one of other bytes.
    private let others: [String: Int]
    /// Whether there are keys that are not ASCII.
    var hasOtherKeys: Bool { !others.isEmpty }

    /// Keys that are looked at one by one.
    private static let scanned = 8

    /// Makes a shape of keys, which must differ from each other.
    public init(_ keys: [String]) {
        self.keys = keys
        hashes = keys.map { ContextKey.hash($0) }
        var others: [String: Int] = [:]
        if hashes.contains(0) {
            for (position, key) in keys.enumerated() { others[key] = position }
            precondition(others.count == keys.count, "a context has each key once")
        }
        self.others = others
        guard keys.count > Self.scanned else {
            places = []
            return
        }
        var size = 32
        while size < 2 * keys.count { size *= 2 }
        var places = [Int32](repeating: -1, count: size)
        for (position, hash) in hashes.enumerated() where hash != 0 {
            var place = Int(truncatingIfNeeded: hash >> 1) & (size - 1)
            while places[place] >= 0 {
                let other = Int(places[place])
                precondition(hashes[other] != hash || keys[other] != keys[position], "a context has each key once")
                place = (place + 1) & (size - 1)
            }
            places[place] = Int32(position)
        }
        self.places = places
    }

    /// The position of a key, if it is there.
    public func position(of key: String) -> Int? {
        position(of: ContextKey(key))
    }

    /// The position of a key, if it is there; costs the comparison of one text.
    func position(of key: ContextKey) -> Int? {
        guard key.hash != 0 else { return otherPosition(of: key) }
        if places.isEmpty {
            for position in hashes.indices where hashes[position] == key.hash && keys[position] == key.text {
                return position
            }
        } else {
            let mask = places.count - 1
            var place = Int(truncatingIfNeeded: key.hash >> 1) & mask
            while places[place] >= 0 {
                let position = Int(places[place])
                if hashes[position] == key.hash, keys[position] == key.text { return position }
                place = (place + 1) & mask
            }
        }
        return hasOtherKeys ? otherPosition(of: key) : nil
    }

    /// The position of a key, looked for at one place first: that of the last context of the same form.
    @inline(__always)
    func position(of key: borrowing ContextKey, near place: Int) -> Int? {
        if place < hashes.count, hashes[place] == key.hash, key.hash != 0, keys[place] == key.text { return place }
        return position(of: copy key)
    }

    /// The position of a key that may equal one of other bytes.
    private func otherPosition(of key: ContextKey) -> Int? {
        if hasOtherKeys { return others[key.text] }
        // Three characters are equivalent to one of ASCII.
        let isEquivalentToASCII = key.text.unicodeScalars.contains { ["\u{37E}", "\u{1FEF}", "\u{212A}"].contains($0) }
        return isEquivalentToASCII ? keys.firstIndex(of: key.text) : nil
    }
}

/// What a context is made of besides its values.
private struct ContextHead {
    let shape: ContextShape
    let depth: UInt32
    let size: UInt32
}

/// The values of a context, behind its head in one piece of memory, so that a copy of a context counts one reference.
private final class ContextStorage: ManagedBuffer<ContextHead, Value> {
    deinit {
        _ = withUnsafeMutablePointers { head, values in
            values.deinitialize(count: head.pointee.shape.keys.count)
        }
    }
}

/// Entries of key and value, in the order they were written (DMN 1.5, 10.3.2.6).
public struct Context: @unchecked Sendable {
    // Sendable holds: the storage, which cannot be Sendable by its superclass, is written in `make` by the only one who
    // has it and never again, and what it holds is Sendable.
    private let storage: ManagedBuffer<ContextHead, Value>

    /// The keys.
    public var shape: ContextShape { head.pointee.shape }

    /// The values, one for each key of the shape.
    public var values: [Value] { Array(UnsafeBufferPointer(start: elements, count: count)) }

    /// What stands before the values; never written once the context is made.
    private var head: UnsafeMutablePointer<ContextHead> { storage.withUnsafeMutablePointerToHeader { $0 } }

    /// The values where they stand; valid as long as this context is.
    private var elements: UnsafeMutablePointer<Value> { storage.withUnsafeMutablePointerToElements { $0 } }

    /// The number of entries.
    public var count: Int { head.pointee.shape.keys.count }

    /// One more than the deepest value.
    public var depth: Int { Int(head.pointee.depth) }

    /// One more than the sizes of the values together.
    public var size: Int { Int(head.pointee.size) }

    /// The value at a position of the shape.
    package subscript(position position: Int) -> Value {
        precondition(position >= 0 && position < count, "a position of the shape")
        return elements[position]
    }

    /// Where the value at a position of the shape stands; valid as long as this context is.
    func place(_ position: Int) -> UnsafePointer<Value> {
        precondition(position >= 0 && position < count, "a position of the shape")
        return UnsafePointer(elements + position)
    }

    /// Makes a context of a shape.
    ///
    /// - Precondition: as many values as the shape has keys.
    public init(shape: ContextShape, values: [Value]) {
        precondition(shape.keys.count == values.count, "one value for each key")
        self.init(shape: shape) { values[$0] }
    }

    /// Makes a context of a shape with a value for each position, asked for in order.
    @inline(__always)
    package init(shape: ContextShape, _ value: (Int) -> Value) {
        let count = shape.keys.count
        let empty = ContextHead(shape: shape, depth: 0, size: 0)
        let storage = ContextStorage.create(minimumCapacity: count) { _ in empty }
        var measure = Measure()
        storage.withUnsafeMutablePointers { head, elements in
            for position in 0..<count {
                (elements + position).initialize(to: value(position))
                measure.add(elements[position])
            }
            head.pointee = ContextHead(shape: shape, depth: UInt32(measure.depth + 1), size: UInt32(measure.size))
        }
        self.storage = storage
    }

    /// Makes a context of entries; of two entries with one key the later wins, at the earlier's place.
    public init(_ entries: [(key: String, value: Value)] = []) {
        var keys: [String] = []
        var values: [Value] = []
        keys.reserveCapacity(entries.count)
        values.reserveCapacity(entries.count)
        guard entries.count > 12 else {
            for (key, value) in entries {
                if let position = keys.firstIndex(of: key) {
                    values[position] = value
                } else {
                    keys.append(key)
                    values.append(value)
                }
            }
            self.init(shape: ContextShape(keys), values: values)
            return
        }
        var positions: [String: Int] = [:]
        for (key, value) in entries {
            if let position = positions[key] {
                values[position] = value
            } else {
                positions[key] = keys.count
                keys.append(key)
                values.append(value)
            }
        }
        self.init(shape: ContextShape(keys), values: values)
    }

    /// The value of a key; nil when there is no such key (a key may hold `null`).
    public subscript(key: String) -> Value? {
        shape.position(of: key).map { self[position: $0] }
    }

    /// The value of a key with its hash.
    package subscript(key: ContextKey) -> Value? {
        shape.position(of: key).map { self[position: $0] }
    }

    /// The entries, in order.
    public var entries: [(key: String, value: Value)] {
        zip(shape.keys, values).map { (key: $0, value: $1) }
    }

    /// This context with one entry put: replaced where it stands, or added at the end.
    public func putting(_ value: Value, for key: String) -> Context {
        if let position = shape.position(of: key) {
            var values = values
            values[position] = value
            return Context(shape: shape, values: values)
        }
        return Context(shape: ContextShape(shape.keys + [key]), values: values + [value])
    }
}

extension Context {
    /// This context with the entries of another put, those of new keys at the end.
    func merging(_ other: Context, _ shapes: inout MergedShapes) -> Context {
        let (shape, places) = shapes.merging(self.shape, other.shape)
        var merged = values
        merged.reserveCapacity(shape.keys.count)
        for (index, place) in places.enumerated() {
            let value = other[position: index]
            if place < merged.count { merged[place] = value } else { merged.append(value) }
        }
        return Context(shape: shape, values: merged)
    }
}
