/// A decoder that takes notes of what a type reads and hands it harmless values.
final class SchemaProbe: Decoder {
    private enum Shape {
        case nothing
        case structure
        case dictionary(JSON)
        case array(JSON)
        case other(JSON)
    }

    let session: ProbeSession
    /// Whether arrays and dictionaries are to look empty.
    let isEmpty: Bool
    private var shape = Shape.nothing
    private var isNullable = false
    private var optionalNames: Set<String> = []
    private(set) var members: [JSONSchema.Member] = []

    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    init(session: ProbeSession, isEmpty: Bool) {
        self.session = session
        self.isEmpty = isEmpty
    }

    /// Whether the type has members of its own, or none at all, rather than being a list or a single value.
    var isStructure: Bool {
        switch shape {
        case .nothing, .structure: true
        case .dictionary, .array, .other: false
        }
    }

    /// What was learnt, as a schema.
    func schema(isComplete: Bool) -> JSON {
        var schema: JSONObject
        switch shape {
        case .nothing, .structure: schema = JSONSchema.object(of: members)
        case .dictionary(let values): schema = ["type": "object", "additionalProperties": values]
        case .array(let items): schema = ["type": "array", "items": items]
        case .other(let value): schema = value.object ?? [:]
        }
        if isNullable {
            schema = ["oneOf": [.object(schema), ["type": "null"]]]
        }
        if !isComplete {
            schema["x-incomplete"] = true
        }
        return .object(schema)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        shape = DictionaryKeys.isType(type) ? .dictionary([:]) : .structure
        return KeyedDecodingContainer(KeyedProbe<Key>(probe: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        shape = .array([:])
        return UnkeyedProbe(probe: self)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        SingleValueProbe(probe: self)
    }

    func noteOptional(_ name: String) {
        optionalNames.insert(name)
    }

    func noteNullable() {
        isNullable = true
    }

    func noteMember(_ name: String, _ schema: JSON) {
        if case .dictionary = shape {
            shape = .dictionary(schema)
        } else if !members.contains(where: { $0.name == name }) {
            let isRequired = !optionalNames.contains(name)
            members.append(JSONSchema.Member(name: name, schema: schema, isRequired: isRequired))
        }
    }

    func noteElement(_ schema: JSON) {
        shape = .array(schema)
    }

    func noteValue(_ schema: JSON) {
        shape = .other(schema)
    }
}

/// Takes notes of the members that are read.
struct KeyedProbe<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let probe: SchemaProbe

    let codingPath: [any CodingKey] = []

    var allKeys: [Key] {
        probe.isEmpty ? [] : [Key(stringValue: "key")].compactMap { $0 }
    }

    func contains(_ key: Key) -> Bool {
        probe.noteOptional(name(of: key))
        return true
    }

    func decodeNil(forKey key: Key) -> Bool {
        probe.noteOptional(name(of: key))
        return false
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        guard let value = note(type, key) else { throw ProbeSession.Stop() }
        return value
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) -> T? {
        probe.noteOptional(name(of: key))
        return note(type, key)
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
        probe
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        probe.noteMember(name(of: key), [:])
        return SchemaProbe(session: probe.session, isEmpty: true)
    }

    private func note<T: Decodable>(_ type: T.Type, _ key: Key) -> T? {
        let (schema, value) = probe.session.describe(type)
        probe.noteMember(name(of: key), schema)
        return value
    }

    private func name(of key: Key) -> String {
        WireNames.wireName(of: key.stringValue)
    }
}

/// Takes notes of the elements that are read, of which it offers one.
struct UnkeyedProbe: UnkeyedDecodingContainer {
    let probe: SchemaProbe
    private(set) var currentIndex = 0

    let codingPath: [any CodingKey] = []

    init(probe: SchemaProbe) {
        self.probe = probe
    }

    var count: Int? { probe.isEmpty ? 0 : 1 }

    var isAtEnd: Bool { probe.isEmpty || currentIndex >= 1 }

    mutating func decodeNil() -> Bool {
        false
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        currentIndex += 1
        let (schema, value) = probe.session.describe(type)
        probe.noteElement(schema)
        guard let value else { throw ProbeSession.Stop() }
        return value
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
        currentIndex += 1
        return SchemaProbe(session: probe.session, isEmpty: true)
    }
}

/// Takes notes of the one value that is read.
struct SingleValueProbe: SingleValueDecodingContainer {
    let probe: SchemaProbe

    let codingPath: [any CodingKey] = []

    func decodeNil() -> Bool {
        probe.noteNullable()
        return false
    }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let (schema, value) = probe.session.describe(type)
        probe.noteValue(schema)
        guard let value else { throw ProbeSession.Stop() }
        return value
    }
}
