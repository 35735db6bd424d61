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

/// Finds phrases of the synonym table in a query and returns their synonyms as alternatives.
struct SynonymFinder {
    /// One alternative: the ordinals of the words that it replaces in the query, and the replacement.
    struct Finding {
        var ordinals: Range<Int>
        var words: [QueryWord]
        var weight: Double
    }

    /// The largest number of findings used in one query.
    private static let maximumFindings = 64

    /// Finds the synonyms of the plain words of a query.
    static func findings(in words: [QueryWord], table: CompiledSynonyms) -> [Finding] {
        var findings: [Finding] = []
        let plain = words.filter { $0.parts == 1 }
        for start in plain.indices {
            for entry in table.entries(beginningWith: plain[start].forms.term) {
                let end = start + entry.from.count
                guard end <= plain.count, findings.count < maximumFindings else { continue }
                guard zip(plain[start..<end], entry.from).allSatisfy({ $0.forms.term == $1 }) else { continue }
                guard plain[end - 1].ordinal - plain[start].ordinal == entry.from.count - 1 else { continue }
                let range = plain[start].ordinal..<plain[end - 1].ordinal + 1
                findings.append(Finding(ordinals: range, words: entry.to, weight: entry.weight))
            }
        }
        return findings
    }
}
