import Yams

/// Describes the differences between two rule files in YAML, such as signals and texts.
///
/// Members are compared by name. Elements of lists are identified by their `name` or `kind` and, for repeated names, by
/// their order; lists of texts are compared text by text. Comments and layout are ignored.
package enum YAMLComparison {
    /// The longest text quoted, in characters.
    private static let maximumQuote = 120

    /// The changes from one source to another; a source that is not YAML is treated as empty.
    package static func changes(from old: String, to new: String) -> [String] {
        let (before, after) = (members(of: old), members(of: new))
        return names(before, after).flatMap { name in
            compare(name, before.first { $0.name == name }?.node, after.first { $0.name == name }?.node)
        }
    }

    private static func members(of source: String) -> [(name: String, node: Node)] {
        (try? Yams.compose(yaml: source)).map { pairs($0) } ?? []
    }

    private static func pairs(_ node: Node?) -> [(name: String, node: Node)] {
        (node?.mapping).map { $0.map { (name: $0.key.string ?? "", node: $0.value) } } ?? []
    }

    private static func names(_ old: [(name: String, node: Node)], _ new: [(name: String, node: Node)]) -> [String] {
        let later = new.map(\.name)
        return later + old.map(\.name).filter { !later.contains($0) }
    }

    private static func compare(_ name: String, _ old: Node?, _ new: Node?) -> [String] {
        let (before, after) = (lists(name, old), lists(name, new))
        return names(before, after).flatMap { subject -> [String] in
            let (old, new) = (
                before.first { $0.name == subject }?.node, after.first { $0.name == subject }?.node
            )
            switch (old, new) {
            case (nil, let new?): return ["\(subject) was added: \(quoted(new))"]
            case (_?, nil): return ["\(subject) was removed"]
            case (let old?, let new?):
                guard old.mapping == nil, new.mapping == nil else {
                    return memberChanges(subject, pairs(old), pairs(new))
                }
                return text(old) == text(new) ? [] : ["\(subject) from \(quoted(old)) to \(quoted(new))"]
            case (nil, nil): return []
            }
        }
    }

    /// The lists in a member of the file, each under a unique name.
    private static func lists(_ member: String, _ node: Node?) -> [(name: String, node: Node)] {
        var seen: [String: Int] = [:]
        return (node?.sequence).map { sequence in
            sequence.enumerated().map { place, item in
                let given = item.mapping?["name"]?.string ?? item.mapping?["kind"]?.string
                let name = given ?? "number \(place + 1)"
                seen[name, default: 0] += 1
                let number = seen[name] ?? 1
                return ("\(member): \(name)" + (number == 1 ? "" : " (\(number))"), item)
            }
        } ?? node.map { [(member, $0)] } ?? []
    }

    private static func memberChanges(
        _ subject: String,
        _ old: [(name: String, node: Node)],
        _ new: [(name: String, node: Node)]
    ) -> [String] {
        names(old, new).flatMap { name -> [String] in
            let (before, after) = (old.first { $0.name == name }?.node, new.first { $0.name == name }?.node)
            if let before = texts(before), let after = texts(after) {
                return after.filter { !before.contains($0) }.map { "\(subject): \(name): “\($0)” was added" }
                    + before.filter { !after.contains($0) }.map { "\(subject): \(name): “\($0)” was removed" }
            }
            switch (before, after) {
            case (nil, let node?): return ["\(subject): \(name) is now \(quoted(node))"]
            case (let node?, nil): return ["\(subject): \(name) \(quoted(node)) was removed"]
            case (let old?, let new?) where text(old) != text(new):
                return ["\(subject): \(name) from \(quoted(old)) to \(quoted(new))"]
            default: return []
            }
        }
    }

    /// The texts of a list of scalars; nil for anything else.
    private static func texts(_ node: Node?) -> [String]? {
        guard let sequence = node?.sequence else { return nil }
        let texts = sequence.compactMap { $0.scalar?.string }
        return texts.count == sequence.count ? texts : nil
    }

    private static func quoted(_ node: Node) -> String {
        let text = text(node)
        return "“" + (text.count > maximumQuote ? text.prefix(maximumQuote) + "…" : text) + "”"
    }

    /// The value in one line.
    private static func text(_ node: Node) -> String {
        if let mapping = node.mapping {
            return mapping.map { "\(text($0.key)): \(text($0.value))" }.joined(separator: ", ")
        }
        if let sequence = node.sequence { return sequence.map(text).joined(separator: " | ") }
        return node.scalar?.string ?? ""
    }
}
