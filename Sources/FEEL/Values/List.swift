/// A list of values with the depth of their nesting.
public struct List: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
    /// The elements, in order.
    public let elements: [Value]

    private let storedDepth: UInt32
    private let storedSize: UInt32

    /// One more than the deepest element; 1 for a list of scalars or an empty list.
    public var depth: Int { Int(storedDepth) }

    /// One more than the sizes of the elements together.
    public var size: Int { Int(storedSize) }

    /// Makes a list; costs one pass over the elements for depth and size.
    public init(_ elements: [Value]) { self.init(elements, Measure(elements)) }

    /// Makes a list of elements that were measured on the way.
    init(_ elements: [Value], _ measure: Measure) {
        self.elements = elements
        storedDepth = UInt32(measure.depth + 1)
        storedSize = UInt32(measure.size)
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

/// Makes a list by adding elements, each of which can be read before the next comes, at no cost beyond its own.
package struct ListBuilder {
    private var elements: [Value] = []
    private var measure = Measure()

    package init() {}

    /// The elements so far.
    package var list: List { List(elements, measure) }

    package mutating func append(_ element: Value) {
        elements.append(element)
        measure.add(element)
    }
}
