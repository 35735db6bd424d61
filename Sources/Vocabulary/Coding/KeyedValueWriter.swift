/// Writes the members of an object.
struct KeyedValueWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: ValueEncoder
    let isDictionary: Bool

    let codingPath: [any CodingKey] = []

    func encodeNil(forKey key: Key) throws {
        encoder.append(.null, key: name(of: key))
    }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        encoder.append(try ValueEncoder.json(of: value), key: name(of: key))
    }

    func encode(_ value: Bool, forKey key: Key) throws {
        encoder.append(.bool(value), key: name(of: key))
    }

    func encode(_ value: String, forKey key: Key) throws {
        encoder.append(.string(value), key: name(of: key))
    }

    func encode(_ value: Double, forKey key: Key) throws {
        encoder.append(try ValueEncoder.number(value), key: name(of: key))
    }

    func encode(_ value: Float, forKey key: Key) throws {
        encoder.append(try ValueEncoder.number(Double(value)), key: name(of: key))
    }

    func encode<I: FixedWidthInteger & Encodable>(_ value: I, forKey key: Key) throws {
        encoder.append(.number(JSONNumber(value)), key: name(of: key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder.child(key: name(of: key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder.child(key: name(of: key)).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        encoder
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        encoder.child(key: name(of: key))
    }

    private func name(of key: Key) -> String {
        isDictionary ? key.stringValue : WireNames.wireName(of: key.stringValue)
    }
}
