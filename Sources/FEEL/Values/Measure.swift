/// How deep and how large a collection is, gathered over its elements.
struct Measure {
    private(set) var depth = 0
    private(set) var size = 1

    /// The maximum size told apart.
    private static let maximumSize = Int(UInt32.max)

    init() {}

    init(_ values: [Value]) {
        for value in values { add(value) }
    }

    /// Takes an element into account.
    mutating func add(_ value: Value) {
        depth = max(depth, value.depth)
        size = min(size + value.size, Self.maximumSize)
    }
}
