/// Builds one value of a tree of JSON.
final class ValueEncoder: Encoder {
    private enum Storage {
        case empty
        case value(JSON)
        case object([JSONObject.Member])
        case array([JSON])
    }

    private var storage = Storage.empty
    private var children: [(index: Int, encoder: ValueEncoder)] = []
    private let probing: Bool
    /// The key type of the last keyed container that was asked for while probing.
    private(set) var keyType: ObjectIdentifier?

    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    init(probing: Bool = false) {
        self.probing = probing
    }

    /// Writes a value of any type.
    static func json<T: Encodable>(of value: T) throws -> JSON {
        if T.self == JSON.self, let json = value as? JSON {
            return json
        }
        if T.self == String.self, let text = value as? String {
            return .string(text)
        }
        let encoder = ValueEncoder()
        try value.encode(to: encoder)
        return encoder.finished()
    }

    /// Writes a double, which JSON can only do when it is finite.
    static func number(_ value: Double) throws -> JSON {
        guard let number = JSONNumber(value) else {
            let context = EncodingError.Context(codingPath: [], debugDescription: "JSON has no number for \(value)")
            throw EncodingError.invalidValue(value, context)
        }
        return .number(number)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .object = storage {
        } else {
            storage = .object([])
        }
        if probing {
            keyType = ObjectIdentifier(type)
            return KeyedEncodingContainer(KeyedValueWriter<Key>(encoder: self, isDictionary: true))
        }
        let isDictionary = DictionaryKeys.isType(type)
        return KeyedEncodingContainer(KeyedValueWriter<Key>(encoder: self, isDictionary: isDictionary))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .array = storage {
        } else {
            storage = .array([])
        }
        return UnkeyedValueWriter(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleValueWriter(encoder: self)
    }

    func set(_ value: JSON) {
        storage = .value(value)
    }

    func append(_ value: JSON, key: String) {
        guard case .object(var members) = storage else { return }
        storage = .empty
        members.append(JSONObject.Member(key: key, value: value))
        storage = .object(members)
    }

    func append(_ value: JSON) {
        guard case .array(var elements) = storage else { return }
        storage = .empty
        elements.append(value)
        storage = .array(elements)
    }

    var count: Int {
        switch storage {
        case .empty, .value: 0
        case .object(let members): members.count
        case .array(let elements): elements.count
        }
    }

    /// Reserves a member that is written later.
    func child(key: String) -> ValueEncoder {
        let child = ValueEncoder()
        children.append((count, child))
        append(.null, key: key)
        return child
    }

    /// Reserves an element that is written later.
    func child() -> ValueEncoder {
        let child = ValueEncoder()
        children.append((count, child))
        append(.null)
        return child
    }

    /// The value as it was built; an object when nothing was written, as for a type without properties.
    func finished() -> JSON {
        switch storage {
        case .empty: return .object(JSONObject())
        case .value(let value): return value
        case .object(var members):
            for child in children {
                members[child.index].value = child.encoder.finished()
            }
            return .object(JSONObject(members))
        case .array(var elements):
            for child in children {
                elements[child.index] = child.encoder.finished()
            }
            return .array(elements)
        }
    }
}
