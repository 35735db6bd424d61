package import Vocabulary
import Yams

/// Describes the differences between two versions of a script.
///
/// The YAML sources are compared member by member, so that every part of the language is covered; comments, the order
/// of members and layout are ignored.
package enum VersionComparison {
    /// The longest value quoted, in characters.
    private static let maximumQuote = 120

    /// All differences: the script's own members, then the steps in order.
    ///
    /// - Throws: ``ScriptError`` `invalid` for a source that is not YAML, which cannot be a published version.
    package static func changes(from: String, to: String) throws -> [VersionChange] {
        let (old, new) = (try members(of: from), try members(of: to))
        var changes: [VersionChange] = []
        for name in names(old, new) where name != "steps" {
            changes += compare(old[name], new[name], subject: "`\(name)`", step: nil)
        }
        let (oldSteps, newSteps) = (steps(of: old), steps(of: new))
        let oldByName = Dictionary(oldSteps.map { ($0.name, $0.node) }, uniquingKeysWith: { first, _ in first })
        let newNames = Set(newSteps.map(\.name))
        for (name, node) in newSteps {
            changes += compare(oldByName[name], node, subject: "step `\(name)`", step: name)
        }
        for (name, node) in oldSteps where !newNames.contains(name) {
            changes += compare(node, nil, subject: "step `\(name)`", step: name)
        }
        return changes
    }

    /// The changes in one line.
    package static func summary(_ changes: [VersionChange]) -> String {
        guard !changes.isEmpty else { return "nothing changed" }
        let parts = [ChangeKind.added, .removed, .changed].compactMap { kind -> String? in
            let names = changes.filter { $0.kind == kind }.map(\.subject)
            var seen: Set<String> = []
            let distinct = names.filter { seen.insert($0).inserted }
            return distinct.isEmpty ? nil : "\(kind.rawValue): \(distinct.joined(separator: ", "))"
        }
        return parts.joined(separator: "; ")
    }

    // MARK: Reading

    private static func members(of source: String) throws -> [String: Node] {
        let node: Node?
        do { node = try Yams.compose(yaml: source) } catch {
            throw ScriptError(.invalid, "the source is not YAML")
        }
        return Dictionary(pairs(node).map { ($0.name, $0.node) }, uniquingKeysWith: { first, _ in first })
    }

    private static func steps(of members: [String: Node]) -> [(name: String, node: Node)] { pairs(members["steps"]) }

    private static func pairs(_ node: Node?) -> [(name: String, node: Node)] {
        guard let mapping = node?.mapping else { return [] }
        return mapping.map { (name: $0.key.string ?? "", node: $0.value) }
    }

    private static func names(_ old: [String: Node], _ new: [String: Node]) -> [String] {
        Set(old.keys).union(new.keys).sorted()
    }

    // MARK: Comparing

    private static func compare(_ old: Node?, _ new: Node?, subject: String, step: String?) -> [VersionChange] {
        let change = { (kind: ChangeKind, text: String) in
            VersionChange(kind: kind, step: step, subject: subject, text: text)
        }
        switch (old, new) {
        case (nil, nil): return []
        case (nil, let new?): return [change(.added, "\(subject) was added: \(quoted(new))")]
        case (let old?, nil): return [change(.removed, "\(subject) was removed: \(quoted(old))")]
        case (let old?, let new?):
            let (from, to) = (pairs(old), pairs(new))
            guard !from.isEmpty, !to.isEmpty else {
                guard text(old) != text(new) else { return [] }
                return [change(.changed, "\(subject): from \(quoted(old)) to \(quoted(new))")]
            }
            let differences = memberDifferences(from, to)
            return differences.isEmpty ? [] : [change(.changed, "\(subject): " + differences.joined(separator: "; "))]
        }
    }

    private static func memberDifferences(
        _ old: [(name: String, node: Node)],
        _ new: [(name: String, node: Node)]
    ) -> [String] {
        let before = Dictionary(old.map { ($0.name, $0.node) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.map { ($0.name, $0.node) }, uniquingKeysWith: { first, _ in first })
        return names(before, after).flatMap { name -> [String] in
            switch (before[name], after[name]) {
            case (nil, let node?): ["`\(name)` is now \(quoted(node))"]
            case (let node?, nil): ["`\(name)` \(quoted(node)) was removed"]
            case (let from?, let to?): difference(name, from, to)
            case (nil, nil): []
            }
        }
    }

    private static func difference(_ name: String, _ old: Node, _ new: Node) -> [String] {
        guard text(old) != text(new) else { return [] }
        if name == "choices", let old = old.sequence, let new = new.sequence {
            return choiceDifferences(Array(old), Array(new))
        }
        return ["`\(name)` from \(quoted(old)) to \(quoted(new))"]
    }

    private static func choiceDifferences(_ old: [Node], _ new: [Node]) -> [String] {
        let key = { (node: Node) in node["value"]?.string ?? node["label"]?.string ?? text(node) }
        let before = Dictionary(old.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
        let differences = names(before, after).flatMap { value -> [String] in
            switch (before[value], after[value]) {
            case (nil, _?): return ["the choice “\(value)” is new"]
            case (_?, nil): return ["the choice “\(value)” was removed"]
            case (let from?, let to?):
                let changes = memberDifferences(pairs(from), pairs(to))
                return changes.isEmpty ? [] : ["the choice “\(value)”: " + changes.joined(separator: ", ")]
            case (nil, nil): return []
            }
        }
        return differences.isEmpty ? ["the choices are in a different order"] : differences
    }

    // MARK: Words

    private static func quoted(_ node: Node) -> String {
        let text = text(node)
        return "“" + (text.count > maximumQuote ? text.prefix(maximumQuote) + "…" : text) + "”"
    }

    /// The value in one line, its members sorted by name.
    private static func text(_ node: Node) -> String {
        if let mapping = node.mapping {
            let members = mapping.map { "\(text($0.key)): \(text($0.value))" }
            return "{" + members.sorted().joined(separator: ", ") + "}"
        }
        if let sequence = node.sequence { return "[" + sequence.map(text).joined(separator: ", ") + "]" }
        return node.string ?? node.scalar?.string ?? ""
    }
}

/// One difference between two versions of a script.
package struct VersionChange: Sendable, Hashable {
    package let kind: ChangeKind
    /// The step; nil for the script's own members.
    package let step: String?
    /// The part that changed: `step NAME`, or a member of the script.
    package let subject: String
    /// A description of the difference.
    package let text: String
}
