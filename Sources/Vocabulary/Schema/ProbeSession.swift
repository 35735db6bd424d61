/// Describes types by letting them decode themselves from a ``SchemaProbe``, and remembers what it learnt.
final class ProbeSession {
    /// Ends the decoding of a type that cannot be given a value of its own, such as one that contains itself.
    struct Stop: Error {}

    private let prefix: String
    private var names: [ObjectIdentifier: String] = [:]
    private var usedNames: Set<String> = []
    private var values: [ObjectIdentifier: Any] = [:]
    private var open: Set<ObjectIdentifier> = []
    private(set) var definitions = JSONObject()

    init(prefix: String) {
        self.prefix = prefix
    }

    /// The schema of a type and a value of it; no value while the type is being described further out.
    func describe<T: Decodable>(_ type: T.Type) -> (schema: JSON, value: T?) {
        if let (schema, sample) = known(type) {
            return (schema, try? JSONDecoding.decode(type, from: sample))
        }
        let identifier = ObjectIdentifier(type)
        if let value = values[identifier], names[identifier] != nil {
            return (reference(to: type), value as? T)
        }
        if open.contains(identifier) {
            return (reference(to: type), nil)
        }
        open.insert(identifier)
        defer { open.remove(identifier) }
        let (probe, value) = probe(type)
        guard probe.isStructure else { return (probe.schema(isComplete: value != nil), value) }
        let reference = reference(to: type)
        definitions[name(of: type)] = probe.schema(isComplete: value != nil)
        values[identifier] = value
        return (reference, value)
    }

    /// The members of a structure; nil for any other type.
    func members<T: Decodable>(of type: T.Type) -> [JSONSchema.Member]? {
        guard known(type) == nil else { return nil }
        let identifier = ObjectIdentifier(type)
        open.insert(identifier)
        defer { open.remove(identifier) }
        let (probe, _) = probe(type)
        if names[identifier] != nil {
            definitions[name(of: type)] = probe.schema(isComplete: true)
        }
        return probe.isStructure ? probe.members : nil
    }

    private func probe<T: Decodable>(_ type: T.Type) -> (SchemaProbe, T?) {
        let probe = SchemaProbe(session: self, isEmpty: false)
        if let value = try? T(from: probe) {
            return (probe, value)
        }
        // An array or a dictionary of a type that is still open has a value after all: the empty one.
        return (probe, try? T(from: SchemaProbe(session: self, isEmpty: true)))
    }

    private func known(_ type: Any.Type) -> (schema: JSON, sample: JSON)? {
        if let type = type as? any JSONSchemaRepresentable.Type {
            return (type.jsonSchema, type.jsonSample)
        }
        if let cases = Expectation.stringCases(of: type) {
            return (["type": "string", "enum": .array(cases.map(JSON.string))], .string(cases.first ?? ""))
        }
        switch type {
        case is JSON.Type: return ([:], .null)
        case is String.Type: return (["type": "string"], "")
        case is Bool.Type: return (["type": "boolean"], false)
        case is any FixedWidthInteger.Type: return (["type": "integer"], 0)
        case is any BinaryFloatingPoint.Type: return (["type": "number"], 0)
        default: return nil
        }
    }

    private func reference(to type: Any.Type) -> JSON {
        ["$ref": .string(prefix + name(of: type))]
    }

    /// The name of a type without its module; a number tells apart types of the same name.
    private func name(of type: Any.Type) -> String {
        let identifier = ObjectIdentifier(type)
        if let name = names[identifier] {
            return name
        }
        let parts = String(reflecting: type).split(separator: ".", maxSplits: 1)
        let allowed = (parts.last ?? "Type").map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "_" }
        let plain = String(allowed)
        var name = plain
        var number = 2
        while !usedNames.insert(name).inserted {
            name = "\(plain)_\(number)"
            number += 1
        }
        names[identifier] = name
        return name
    }
}
