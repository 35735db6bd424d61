/// Derives JSON Schema from the types that are read and written, so that the two cannot disagree.
///
/// A type is asked to decode itself from a decoder that only takes notes: which members it reads, of which types, and
/// which of them it can do without. Enumerations of strings become `enum`, structures stand once under their name and
/// are referred to from everywhere else, and types that refer to themselves come to an end. A type the probe cannot
/// satisfy is marked with `x-incomplete`; it then wants ``JSONSchemaRepresentable``.
public enum JSONSchema {
    /// A member of an object.
    public struct Member: Sendable, Hashable {
        /// The name on the wire.
        public let name: String
        /// The schema of its value.
        public let schema: JSON
        /// Whether it must be there.
        public let isRequired: Bool
    }

    /// The schema of a type on its own, with the types it uses under `$defs`.
    ///
    /// - Parameters:
    ///   - type: The type to describe.
    ///   - documentation: What the members mean, by their names on the wire.
    /// - Returns: The schema, an object.
    public static func schema<T: Decodable>(of type: T.Type, documentation: [String: String] = [:]) -> JSON {
        var collection = Collection(prefix: "#/$defs/")
        guard var members = collection.members(of: type) else {
            return collection.schema(of: type)
        }
        members = members.map { $0.described(documentation[$0.name]) }
        var schema = object(of: members)
        if !collection.definitions.isEmpty {
            schema["$defs"] = .object(collection.definitions)
        }
        return .object(schema)
    }

    /// The names of the members that a type reads, on the wire; empty for what is no object.
    static func memberNames<T: Decodable>(of type: T.Type) -> [String] {
        var collection = Collection(prefix: "#/$defs/")
        return collection.members(of: type)?.map(\.name) ?? []
    }

    /// Writes the schema of an object from its members.
    static func object(of members: [Member]) -> JSONObject {
        var properties = JSONObject()
        for member in members {
            properties[member.name] = member.schema
        }
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        let required = members.filter(\.isRequired).map { JSON.string($0.name) }
        if !required.isEmpty {
            schema["required"] = .array(required)
        }
        return schema
    }
}

extension JSONSchema {
    /// Schemas that share the named types they use, such as those of one document.
    public struct Collection {
        private let probes: ProbeSession

        /// Begins a collection.
        ///
        /// - Parameter prefix: What stands before the name in a reference, such as `#/components/schemas/`.
        public init(prefix: String) {
            probes = ProbeSession(prefix: prefix)
        }

        /// The schemas of the named types that were met so far, by name and in that order.
        public var definitions: JSONObject { probes.definitions }

        /// The schema of a type, which is a reference for a structure.
        public mutating func schema<T: Decodable>(of type: T.Type) -> JSON {
            probes.describe(type).schema
        }

        /// The members of a structure, which itself gets no definition; nil for any other type.
        public mutating func members<T: Decodable>(of type: T.Type) -> [Member]? {
            probes.members(of: type)
        }
    }
}

extension JSONSchema.Member {
    /// The member with a description; beside a reference it needs a wrapper to count.
    func described(_ text: String?) -> JSONSchema.Member {
        guard let text, case .object(var object) = schema else { return self }
        if object["$ref"] != nil {
            object = ["allOf": [schema]]
        }
        object["description"] = .string(text)
        return JSONSchema.Member(name: name, schema: .object(object), isRequired: isRequired)
    }
}
