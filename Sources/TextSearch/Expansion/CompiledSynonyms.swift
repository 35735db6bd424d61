/// A synonym table compiled for one language, indexed by the first term of the phrases to replace.
final class CompiledSynonyms: Sendable {
    /// A phrase and its synonyms.
    struct Entry: Sendable {
        var from: [String]
        var to: [QueryWord]
        var weight: Double
    }

    private let entries: [String: [Entry]]

    /// Compiles the groups that apply to a language.
    init(_ table: SynonymTable, language: String) {
        let analyzer = WordAnalyzer(language: language)
        var entries: [String: [Entry]] = [:]
        for group in table.groups.prefix(10_000)
        where group.locale.map({ Language.primary(of: $0) == language }) ?? true {
            let phrases = group.phrases.map { Self.words($0, analyzer) }.filter { !$0.isEmpty }
            let replaced = group.onlyFrom.isEmpty ? phrases : group.onlyFrom.map { Self.words($0, analyzer) }
            let weight = min(max(group.weight, 0.01), 1)
            for from in replaced where !from.isEmpty {
                for to in phrases where to.map(\.forms.term) != from.map(\.forms.term) {
                    let entry = Entry(from: from.map(\.forms.term), to: to, weight: weight)
                    entries[entry.from[0], default: []].append(entry)
                }
            }
        }
        self.entries = entries
    }

    private static func words(_ phrase: String, _ analyzer: WordAnalyzer) -> [QueryWord] {
        ParsedQuery.words(of: phrase, analyzer).filter { $0.parts == 1 }
    }

    func entries(beginningWith term: String) -> [Entry] { entries[term] ?? [] }
}
