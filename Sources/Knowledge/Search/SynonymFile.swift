package import TextSearch
import Yams

/// Reads `synonyms.yaml`: for each language, a list of groups of equivalent phrases and of one-way entries `{from, to,
/// weight?}`.
package enum SynonymFile {
    /// The default weight of a synonym, lower than that of the word itself.
    private static let standardWeight = 0.7

    /// Reads the file.
    ///
    /// - Throws: ``KnowledgeError`` `unreadable`, with file and line.
    package static func read(path: String) throws -> SynonymTable {
        guard let root = try KnowledgeFile.root(of: KnowledgeFile.text(path), file: path) else { return SynonymTable() }
        guard let locales = root.mapping else {
            throw KnowledgeFile.fault(path, root, "expected languages with lists of synonyms")
        }
        var entries: [SynonymTable.Group] = []
        for (locale, list) in locales {
            guard let name = locale.string, let items = list.sequence else {
                throw KnowledgeFile.fault(path, list, "expected a list of synonyms")
            }
            for item in items { entries.append(try entry(item, locale: name, path)) }
        }
        return SynonymTable(entries)
    }

    private static func entry(_ node: Node, locale: String, _ path: String) throws -> SynonymTable.Group {
        if let members = node.sequence {
            let phrases = members.compactMap(\.string)
            guard phrases.count >= 2, phrases.count == members.count else {
                throw KnowledgeFile.fault(path, node, "expected two or more words or phrases")
            }
            return SynonymTable.Group(locale: locale, phrases: phrases, weight: standardWeight)
        }
        guard let mapping = node.mapping, let from = mapping["from"]?.string, let to = mapping["to"] else {
            throw KnowledgeFile.fault(path, node, "expected a list, or an entry with `from` and `to`")
        }
        let targets = to.sequence?.compactMap(\.string) ?? to.string.map { [$0] } ?? []
        guard !targets.isEmpty else { throw KnowledgeFile.fault(path, to, "expected words or phrases") }
        let weight = try mapping["weight"].map { node in
            guard let value = node.float, value > 0, value <= 1 else {
                throw KnowledgeFile.fault(path, node, "expected a weight above 0 and at most 1")
            }
            return value
        }
        return SynonymTable.Group(
            locale: locale,
            phrases: targets,
            onlyFrom: [from],
            weight: weight ?? standardWeight
        )
    }
}
