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
