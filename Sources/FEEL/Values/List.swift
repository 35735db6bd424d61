/// A list of values with the depth of their nesting.
public struct List: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
    /// The elements, in order.
    public let elements: [Value]

    /// One more than the deepest element; 1 for a list of scalars or an empty list.
    public let depth: Int

    /// Makes a list; costs one pass over the elements for the depth.
    public init(_ elements: [Value]) {
        self.elements = elements
        var deepest = 0
        for element in elements { deepest = Swift.max(deepest, element.depth) }
        depth = deepest + 1
    }

    /// Makes a list of elements.
    public init(arrayLiteral elements: Value...) { self.init(elements) }

    /// 0.
    public var startIndex: Int { 0 }
    /// The number of elements.
    public var endIndex: Int { elements.count }
    /// The element at an index counted from 0.
    public subscript(position: Int) -> Value { elements[position] }
}
