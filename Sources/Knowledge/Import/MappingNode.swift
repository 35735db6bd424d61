import StrictYAML
import Yams

/// A node of a mapping file, read strictly: every error names the file, the line and what is expected.
struct MappingNode {
    private static let limits = YAMLSource.Limits(bytes: 1 << 18)

    let node: Node
    let file: String
    /// The node's path for messages, such as `fields.sections`.
    let path: String

    /// Parses a whole file.
    static func parse(_ yaml: String, file: String) throws(MappingError) -> MappingNode {
        let root: Node?
        do {
            root = try YAMLSource(yaml, limits: limits).root()
        } catch {
            let message =
                switch error.kind {
                case .tooLong: "a mapping is at most \(limits.bytes >> 10) KiB long"
                case .duplicate, .limit: error.message()
                case .syntax, .character, .other: "not YAML: \(error.detail)"
                }
            throw MappingError(message: message, file: file, line: error.line)
        }
        guard let root else { throw MappingError(message: "the mapping is empty", file: file, line: 1) }
        return MappingNode(node: root, file: file, path: "")
    }

    func error(_ message: String) -> MappingError {
        MappingError(message: path.isEmpty ? message : "\(path): \(message)", file: file, line: node.mark?.line ?? 0)
    }

    /// The members of a map, whose keys must all be among `known` unless that is `nil`.
    func members(_ known: [String]?) throws(MappingError) -> [(key: String, value: MappingNode)] {
        guard let map = node.mapping else { throw error("must be a map") }
        var result: [(key: String, value: MappingNode)] = []
        for (key, value) in map {
            guard let name = key.scalar?.string else { throw error("a key must be text") }
            let member = MappingNode(node: value, file: file, path: path.isEmpty ? name : "\(path).\(name)")
            if let known, !known.contains(name) {
                let line = key.mark?.line ?? node.mark?.line ?? 0
                let message = "unknown key '\(name)'; known are \(known.joined(separator: ", "))"
                throw MappingError(message: path.isEmpty ? message : "\(path): \(message)", file: file, line: line)
            }
            result.append((name, member))
        }
        return result
    }

    var isMap: Bool { node.mapping != nil }

    var items: [MappingNode]? {
        node.sequence.map { list in list.map { MappingNode(node: $0, file: file, path: path) } }
    }

    func text() throws(MappingError) -> String {
        guard let text = node.scalar?.string else { throw error("must be text") }
        return text
    }

    /// Reads a text or a list of texts.
    func texts() throws(MappingError) -> [String] {
        guard let items else { return [try text()] }
        var result: [String] = []
        for item in items { result.append(try item.text()) }
        return result
    }

    func map() throws(MappingError) -> [String: String] {
        var result: [String: String] = [:]
        for (key, value) in try members(nil) { result[key] = try value.text() }
        return result
    }

    func flag() throws(MappingError) -> Bool {
        switch try text() {
        case "true", "yes": return true
        case "false", "no": return false
        default: throw error("must be true or false")
        }
    }

    /// Reads one of the raw values of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(
        of type: Choice.Type
    ) throws(MappingError) -> Choice where Choice.RawValue == String {
        let text = try text()
        guard let value = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("'\(text)' is not one of \(known)")
        }
        return value
    }
}
