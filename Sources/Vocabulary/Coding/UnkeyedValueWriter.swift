/// Writes the elements of an array in order.
struct UnkeyedValueWriter: UnkeyedEncodingContainer {
    let encoder: ValueEncoder

    let codingPath: [any CodingKey] = []

    var count: Int { encoder.count }

    func encodeNil() throws {
        encoder.append(.null)
    }

    func encode<T: Encodable>(_ value: T) throws {
        encoder.append(try ValueEncoder.json(of: value))
    }

    func encode(_ value: Bool) throws {
        encoder.append(.bool(value))
    }

    func encode(_ value: String) throws {
        encoder.append(.string(value))
    }

    func encode(_ value: Double) throws {
        encoder.append(try ValueEncoder.number(value))
    }

    func encode(_ value: Float) throws {
        encoder.append(try ValueEncoder.number(Double(value)))
    }

    func encode<I: FixedWidthInteger & Encodable>(_ value: I) throws {
        encoder.append(.number(JSONNumber(value)))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder.child().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        encoder.child().unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        encoder.child()
    }
}

/// Writes a value that is neither an object nor an array, or one whose type writes another in its place.
struct SingleValueWriter: SingleValueEncodingContainer {
    let encoder: ValueEncoder

    let codingPath: [any CodingKey] = []

    func encodeNil() throws {
        encoder.set(.null)
    }

    func encode<T: Encodable>(_ value: T) throws {
        encoder.set(try ValueEncoder.json(of: value))
    }

    func encode(_ value: Bool) throws {
        encoder.set(.bool(value))
    }

    func encode(_ value: String) throws {
        encoder.set(.string(value))
    }

    func encode(_ value: Double) throws {
        encoder.set(try ValueEncoder.number(value))
    }

    func encode(_ value: Float) throws {
        encoder.set(try ValueEncoder.number(Double(value)))
    }

    func encode<I: FixedWidthInteger & Encodable>(_ value: I) throws {
        encoder.set(.number(JSONNumber(value)))
    }
}
