/// Finds phrases of the synonym table in a query and turns what they stand for into alternatives.
struct SynonymFinder {
    /// One alternative: the words it replaces, by their place in the query, and what stands for them.
    struct Finding {
        var ordinals: Range<Int>
        var words: [QueryWord]
        var weight: Double
    }

    /// More findings than this in one query are not used.
    private static let maximumFindings = 64

    /// The findings in the plain words of a query.
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
