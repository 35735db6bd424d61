/// Reads the members of an object.
struct KeyedValueContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: ValueDecoder
    let object: JSONObject
    private let isDictionary: Bool

    let codingPath: [any CodingKey] = []

    init(decoder: ValueDecoder, object: JSONObject) {
        self.decoder = decoder
        self.object = object
        isDictionary = DictionaryKeys.isType(Key.self)
    }

    var allKeys: [Key] {
        decoder.acceptEveryMember()
        return object.members.compactMap { Key(stringValue: $0.key) }
    }

    func contains(_ key: Key) -> Bool {
        find(key) != nil
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        find(key)?.isNull ?? true
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let value = try member(key, type)
        return try ValueDecoder.value(of: type, from: value, at: path(of: key), strict: decoder.strict)
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        try Scalars.bool(member(key, type), at: path(of: key))
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try Scalars.string(member(key, type), at: path(of: key))
    }

    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try Scalars.double(member(key, type), at: path(of: key))
    }

    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        try Float(Scalars.double(member(key, type), at: path(of: key)))
    }

    func decode<I: FixedWidthInteger & Decodable>(_ type: I.Type, forKey key: Key) throws -> I {
        try Scalars.integer(member(key, type), at: path(of: key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try superDecoder(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try superDecoder(forKey: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        decoder
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        try decoder.child(member(key, JSON.self), at: path(of: key))
    }

    private func find(_ key: Key) -> JSON? {
        let name = key.stringValue
        guard let index = isDictionary ? object.index(of: name) : object.index(ofSwiftName: name) else { return nil }
        decoder.visit(index)
        return object.members[index].value
    }

    private func member(_ key: Key, _ type: Any.Type) throws(JSONDecodingError) -> JSON {
        if let value = find(key) {
            return value
        }
        throw JSONDecodingError(code: .missing, path: path(of: key).text, expected: Expectation.text(for: type))
    }

    private func path(of key: Key) -> JSONPath {
        .member(decoder.path, isDictionary ? key.stringValue : WireNames.wireName(of: key.stringValue))
    }
}

extension JSONObject {
    /// Where the member of a Swift name stands.
    func index(ofSwiftName name: String) -> Int? {
        if isIndexed {
            return index(of: WireNames.wireName(of: name))
        }
        return members.firstIndex { WireNames.matches(wire: $0.key, name: name) }
    }
}
