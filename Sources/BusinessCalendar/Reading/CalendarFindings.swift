import Yams

/// Collects the mistakes of a file, and reads the parts of its nodes strictly: each mistake is reported with its place,
/// and reading continues.
final class CalendarFindings {
    private static let maximum = 50
    private static let maximumText = 500

    private let file: String
    private(set) var all: [CalendarError.Finding] = []

    init(file: String) { self.file = file }

    func error(_ message: String, at node: Node?) {
        error(message, line: node?.mark?.line ?? 0, column: node?.mark?.column ?? 0)
    }

    func error(_ message: String, line: Int, column: Int) {
        guard all.count < Self.maximum else { return }
        all.append(CalendarError.Finding(file: file, line: line, column: column, message: message))
    }

    /// The value of a node, for messages.
    static func kind(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "“\(short(scalar.string))”"
        case .mapping: "a map"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    static func short(_ text: String) -> String { text.count > 40 ? text.prefix(40) + "…" : text }

    /// The entries of a map of names; nil if it is none.
    func entries(_ node: Node, of what: String, limit: Int) -> [(name: String, key: Node, value: Node)]? {
        guard let map = node.mapping else {
            error("\(what) is \(Self.kind(node)), expected a map", at: node)
            return nil
        }
        guard map.count <= limit else {
            error("\(what) has \(map.count) members, expected at most \(limit)", at: node)
            return nil
        }
        return map.compactMap { key, value in
            guard let name = key.scalar?.string, !name.isEmpty else {
                error("a name is expected in \(what)", at: key)
                return nil
            }
            return (name, key, value)
        }
    }

    /// The members of a map; unknown members, and those that are missing, are mistakes.
    func members(
        _ node: Node,
        of what: String,
        known: [String],
        required: [String] = []
    ) -> [String: Node]? {
        guard let entries = entries(node, of: what, limit: 1_000) else { return nil }
        var members: [String: Node] = [:]
        for entry in entries {
            if known.contains(entry.name) {
                members[entry.name] = entry.value
            } else {
                let expected = known.joined(separator: ", ")
                error("unknown member “\(Self.short(entry.name))” in \(what), expected \(expected)", at: entry.key)
            }
        }
        for name in required where members[name] == nil { error("“\(name)” is missing in \(what)", at: node) }
        return members
    }

    /// The elements of a list; empty for anything else, which is a mistake.
    func elements(_ node: Node?, of what: String, limit: Int) -> [Node] {
        guard let node else { return [] }
        guard let list = node.sequence else {
            error("\(what) is \(Self.kind(node)), expected a list", at: node)
            return []
        }
        guard list.count <= limit else {
            error("\(what) has \(list.count) elements, expected at most \(limit)", at: node)
            return []
        }
        return Array(list)
    }

    /// A text that is not empty; nil otherwise, which is a mistake.
    func text(_ node: Node?, of what: String, expected: String = "a text") -> String? {
        guard let node else { return nil }
        guard let text = node.scalar?.string, !text.isEmpty, text.utf8.count <= Self.maximumText else {
            error("\(what) is \(Self.kind(node)), expected \(expected) of at most \(Self.maximumText) bytes", at: node)
            return nil
        }
        return text
    }
}
