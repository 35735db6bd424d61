import Vocabulary
import Yams

/// A YAML node of a script, read strictly: every mistake is reported with its place, and reading continues.
struct ScriptNode {
    let node: Node
    let findings: ScriptFindings
    /// Its description in messages: `step “greet”`, `choices`.
    let what: String

    var place: ScriptPlace { Self.place(node) }
    var isMap: Bool { node.mapping != nil }
    var isText: Bool { node.scalar != nil }

    private static func place(_ node: Node) -> ScriptPlace {
        node.mark.map { ScriptPlace(line: $0.line, column: $0.column) } ?? ScriptPlace()
    }

    /// The text of a scalar of any type.
    var scalar: String? { node.scalar?.string }

    /// Some members of a map; the others are ignored.
    func glance(at names: Set<String>) -> [String: ScriptNode] {
        var result: [String: ScriptNode] = [:]
        for (key, value) in node.mapping ?? [:] {
            guard let name = key.scalar?.string, names.contains(name) else { continue }
            result[name] = ScriptNode(node: value, findings: findings, what: "“\(name)”")
        }
        return result
    }

    /// The elements of a list; empty for anything else, which is reported where it is read.
    var list: [ScriptNode] {
        (node.sequence ?? []).map { ScriptNode(node: $0, findings: findings, what: "an element of \(what)") }
    }

    func error(_ code: ScriptDiagnostic.Code, _ message: String) { findings.error(code, message, at: place) }

    /// The same node with another description.
    func named(_ what: String) -> ScriptNode { ScriptNode(node: node, findings: findings, what: what) }

    /// The kind of value, for messages.
    var kind: String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "“\(Self.short(scalar.string))”"
        case .mapping: "a map"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    static func short(_ text: String) -> String { text.count > 40 ? text.prefix(40) + "…" : text }

    /// The members of a map in order, without duplicate keys; nil if it is not a map.
    func entries(_ expectation: String) -> [(key: String, keyPlace: ScriptPlace, value: ScriptNode)]? {
        guard let map = node.mapping else {
            error(.form, "\(what) is \(kind), expected \(expectation)")
            return nil
        }
        var seen: Set<String> = []
        var result: [(key: String, keyPlace: ScriptPlace, value: ScriptNode)] = []
        result.reserveCapacity(map.count)
        for (key, value) in map {
            let keyPlace = Self.place(key)
            guard let name = key.scalar?.string else {
                findings.error(.form, "a name in \(what) is a list or a map, expected text", at: keyPlace)
                continue
            }
            guard seen.insert(name).inserted else {
                findings.error(.duplicate, "“\(name)” occurs twice in \(what), expected once", at: keyPlace)
                continue
            }
            result.append((name, keyPlace, ScriptNode(node: value, findings: findings, what: "“\(name)”")))
        }
        return result
    }

    /// The members of a map by name; unknown members are reported.
    func members(_ known: [String]) -> [String: ScriptNode]? {
        guard let entries = entries("a map of \(known.joined(separator: ", "))") else { return nil }
        var result: [String: ScriptNode] = [:]
        for entry in entries {
            if known.contains(entry.key) {
                result[entry.key] = entry.value
            } else {
                let message = "unknown member “\(Self.short(entry.key))”, expected \(known.joined(separator: ", "))"
                findings.error(.unknownMember, message, at: entry.keyPlace)
            }
        }
        return result
    }

    /// The elements of a list; nil if it is not a list.
    func elements(_ expectation: String) -> [ScriptNode]? {
        guard let list = node.sequence else {
            error(.form, "\(what) is \(kind), expected \(expectation)")
            return nil
        }
        return list.map { ScriptNode(node: $0, findings: findings, what: "an element of \(what)") }
    }

    /// A non-empty text.
    func text(_ expectation: String = "text") -> String? {
        guard let scalar = node.scalar, !scalar.string.isEmpty else {
            error(.form, "\(what) is \(kind), expected \(expectation)")
            return nil
        }
        guard scalar.string.utf8.count <= ScriptLimits.textBytes else {
            error(.form, "\(what) is longer than \(ScriptLimits.textBytes) bytes")
            return nil
        }
        return scalar.string
    }

    /// Reads a list of texts, or a single text.
    func texts(_ expectation: String) -> [String] { placedTexts(expectation).map(\.text) }

    /// Reads a list of texts, or a single text, with their places.
    func placedTexts(_ expectation: String) -> [(text: String, place: ScriptPlace)] {
        let nodes = isText ? [self] : elements(expectation) ?? []
        return nodes.compactMap { node in
            (isText ? node.text(expectation) : node.text()).map { ($0, node.place) }
        }
    }

    func flag() -> Bool? {
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default:
            error(.form, "\(what) is \(kind), expected true or false")
            return nil
        }
    }

    /// Reads an id: letters, digits, `_`, `-` and `.`.
    func identifier(_ expectation: String) -> String? {
        guard let text = text(expectation) else { return nil }
        guard Self.isIdentifier(text) else {
            error(.form, "\(what) is \(kind), expected \(expectation): letters, digits, “_”, “-” and “.”, at most 100")
            return nil
        }
        return text
    }

    static func isIdentifier(_ text: String) -> Bool {
        guard text.utf8.count <= 200, text.count <= 100, let first = text.unicodeScalars.first else { return false }
        return first != "." && first != "-"
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || "_-.".unicodeScalars.contains(scalar)
            }
    }

    /// The value as JSON: plain `true`, `false`, `null` and numbers keep their type; every other scalar is a string.
    var json: JSON {
        switch node {
        case .scalar(let scalar): return Self.json(scalar)
        case .sequence(let list):
            return .array(list.map { ScriptNode(node: $0, findings: findings, what: what).json })
        case .mapping(let map):
            return .object(
                JSONObject(
                    map.compactMap { key, value in
                        key.scalar.map {
                            JSONObject.Member(
                                key: $0.string,
                                value: ScriptNode(node: value, findings: findings, what: what).json
                            )
                        }
                    }
                )
            )
        case .alias: return .null
        }
    }

    private static func json(_ scalar: Node.Scalar) -> JSON {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        switch scalar.string {
        case "", "~", "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: return JSONNumber(text: scalar.string).map(JSON.number) ?? .string(scalar.string)
        }
    }
}
