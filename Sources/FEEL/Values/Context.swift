/// The ordered keys of contexts of one form, shared by all of them.
public final class ContextShape: Sendable {
    /// The keys in order; no key twice.
    public let keys: [String]

    private let positions: [String: Int]

    /// Makes a shape of keys, which must differ from each other.
    public init(_ keys: [String]) {
        self.keys = keys
        guard keys.count > 8 else {
            positions = [:]
            return
        }
        var positions = [String: Int](minimumCapacity: keys.count)
        for (position, key) in keys.enumerated() { positions[key] = position }
        precondition(positions.count == keys.count, "a context has each key once")
        self.positions = positions
    }

    /// The position of a key, if it is there.
    public func position(of key: String) -> Int? {
        if keys.count > 8 { return positions[key] }
        for (position, candidate) in keys.enumerated() where candidate == key { return position }
        return nil
    }
}

/// Entries of key and value, in the order they were written (DMN 1.5, 10.3.2.6).
public struct Context: Sendable {
    /// The keys.
    public let shape: ContextShape

    /// The values, one for each key of the shape.
    public let values: [Value]

    private let storedDepth: UInt32
    private let storedSize: UInt32

    /// One more than the deepest value.
    public var depth: Int { Int(storedDepth) }

    /// One more than the sizes of the values together.
    public var size: Int { Int(storedSize) }

    /// Makes a context of a shape.
    ///
    /// - Precondition: as many values as the shape has keys.
    public init(shape: ContextShape, values: [Value]) {
        precondition(shape.keys.count == values.count, "one value for each key")
        self.shape = shape
        self.values = values
        let measure = Measure(values)
        storedDepth = UInt32(measure.depth + 1)
        storedSize = UInt32(measure.size)
    }

    /// Makes a context of entries; of two entries with one key the later wins, at the earlier's place.
    public init(_ entries: [(key: String, value: Value)] = []) {
        var keys: [String] = []
        var values: [Value] = []
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
        guard let position = shape.position(of: key) else { return nil }
        return values[position]
    }

    /// The number of entries.
    public var count: Int { values.count }

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
