/// Reads the elements of an array in order.
struct UnkeyedValueContainer: UnkeyedDecodingContainer {
    let decoder: ValueDecoder
    let elements: [JSON]
    private(set) var currentIndex = 0

    let codingPath: [any CodingKey] = []

    init(decoder: ValueDecoder, elements: [JSON]) {
        self.decoder = decoder
        self.elements = elements
    }

    var count: Int? { elements.count }

    var isAtEnd: Bool { currentIndex >= elements.count }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let (value, path) = try next(type)
        return try ValueDecoder.value(of: type, from: value, at: path, strict: decoder.strict)
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool {
        try Scalars.bool(nextValue(type), at: lastPath)
    }

    mutating func decode(_ type: String.Type) throws -> String {
        try Scalars.string(nextValue(type), at: lastPath)
    }

    mutating func decode(_ type: Double.Type) throws -> Double {
        try Scalars.double(nextValue(type), at: lastPath)
    }

    mutating func decode(_ type: Float.Type) throws -> Float {
        try Float(Scalars.double(nextValue(type), at: lastPath))
    }

    mutating func decode<I: FixedWidthInteger & Decodable>(_ type: I.Type) throws -> I {
        try Scalars.integer(nextValue(type), at: lastPath)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try superDecoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
        let (value, path) = try next(JSON.self)
        return decoder.child(value, at: path)
    }

    private var lastPath: JSONPath { .element(decoder.path, currentIndex - 1) }

    private mutating func nextValue(_ type: Any.Type) throws(JSONDecodingError) -> JSON {
        guard !isAtEnd else {
            let path = JSONPath.element(decoder.path, currentIndex)
            throw JSONDecodingError(code: .missing, path: path.text, expected: Expectation.text(for: type))
        }
        currentIndex += 1
        return elements[currentIndex - 1]
    }

    private mutating func next(_ type: Any.Type) throws(JSONDecodingError) -> (JSON, JSONPath) {
        let value = try nextValue(type)
        return (value, lastPath)
    }
}
