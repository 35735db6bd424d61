/// Reads one value of a tree of JSON.
///
/// It remembers which members were asked for, so that the ones nobody asked for can be refused afterwards.
final class ValueDecoder: Decoder {
    let json: JSON
    let path: JSONPath
    let strict: Bool
    private var visited: UInt64 = 0
    private var visitedBeyond: Set<Int> = []
    private var acceptsEveryMember = false

    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    private init(json: JSON, path: JSONPath, strict: Bool) {
        self.json = json
        self.path = path
        self.strict = strict
    }

    /// Reads a value of any type and refuses the members it did not ask for.
    static func value<T: Decodable>(
        of type: T.Type,
        from json: JSON,
        at path: @autoclosure () -> JSONPath,
        strict: Bool
    ) throws -> T {
        if T.self == JSON.self, let value = json as? T {
            return value
        }
        if T.self == String.self, let value = try Scalars.string(json, at: path()) as? T {
            return value
        }
        let decoder = ValueDecoder(json: json, path: path(), strict: strict)
        do {
            let value = try T(from: decoder)
            try decoder.checkMembers(of: type)
            return value
        } catch let error as JSONDecodingError {
            throw decoder.completed(error, for: type)
        } catch is DecodingError {
            throw decoder.path.mismatch(Expectation.text(for: type))
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = json else { throw path.mismatch("an object") }
        return KeyedDecodingContainer(KeyedValueContainer<Key>(decoder: self, object: object))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = json else { throw path.mismatch("an array") }
        return UnkeyedValueContainer(decoder: self, elements: elements)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        acceptsEveryMember = true
        return SingleValueContainer(decoder: self)
    }

    /// A decoder for a part of the value that is read by hand, with unknown members accepted.
    func child(_ json: JSON, at path: JSONPath) -> ValueDecoder {
        let child = ValueDecoder(json: json, path: path, strict: strict)
        child.acceptsEveryMember = true
        return child
    }

    func visit(_ index: Int) {
        if index < 64 {
            visited |= 1 << UInt64(index)
        } else {
            visitedBeyond.insert(index)
        }
    }

    func acceptEveryMember() {
        acceptsEveryMember = true
    }

    private func completed(_ error: JSONDecodingError, for type: Any.Type) -> JSONDecodingError {
        if error.path.isEmpty || error.path.hasPrefix(".") {
            return JSONDecodingError(code: error.code, path: path.text + error.path, expected: error.expected)
        }
        if error.code == .mismatch, error.path == path.text,
            type is any JSONSchemaRepresentable.Type || Expectation.stringCases(of: type) != nil
        {
            return path.mismatch(Expectation.text(for: type))
        }
        return error
    }

    private func checkMembers<T: Decodable>(of type: T.Type) throws {
        guard strict, !acceptsEveryMember, case .object(let object) = json else { return }
        let first = object.count >= 64 ? UInt64.max : (1 << UInt64(object.count)) - 1
        guard visited != first || object.count > 64 else { return }
        for index in object.members.indices where !isVisited(index) {
            throw JSONDecodingError(
                code: .unknownMember,
                path: JSONPath.member(path, object.members[index].key).text,
                expected: Self.knownMembers(of: type)
            )
        }
    }

    private func isVisited(_ index: Int) -> Bool {
        index < 64 ? visited & 1 << UInt64(index) != 0 : visitedBeyond.contains(index)
    }

    private static func knownMembers<T: Decodable>(of type: T.Type) -> String {
        let names = JSONSchema.memberNames(of: type)
        guard !names.isEmpty else { return "no member" }
        return "one of the members " + names.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}
