import FEEL

/// Values for which no rule matches, and rules that others always precede.
extension TableAnalysis {
    mutating func findGaps() {
        guard !columns.isEmpty, table.outputs.allSatisfy({ $0.defaultEntry == nil }) else {
            return
        }
        for column in columns where column.leavesOutOtherText {
            report(.note, .gap, "text in '\(column.title)' that no cell names matches no rule")
        }
        let domains = columns.map { $0.servedClasses }
        reportUnserved(domains)
        var gaps: [[Int?]] = []
        var search = GapSearch(
            columns,
            domains: domains,
            rows: table.ruleCount,
            work: Self.greatestWork
        ) { gap in
            gaps.append(gap)
            return gaps.count <= Self.greatestFindings
        }
        if domains.allSatisfy({ !$0.isEmpty }) {
            search.run(RowBits(rows: table.ruleCount, full: true))
        }
        for gap in gaps.prefix(Self.greatestFindings) {
            report(gapSeverity, .gap, "no rule matches, for example with \(example(gap))")
        }
        if gaps.count > Self.greatestFindings {
            report(.note, .gap, "further gaps are not listed")
        } else if search.isExhausted {
            report(.note, .incompleteAnalysis, "the table is too large to look for all gaps")
        }
    }

    /// Notes values of single columns that no rule at all passes; neighbouring ones are told as one.
    private mutating func reportUnserved(_ served: [[Int]]) {
        for (column, served) in zip(columns, served) {
            var previous = -1
            let missing = Set(column.classes.indices).subtracting(served).sorted()
            for place in missing.prefix(Self.greatestFindings) {
                if place != previous + 1 || previous < 0 {
                    let value = column.classes[place].witness
                    report(gapSeverity, .gap, "no rule matches when '\(column.title)' is \(value) or the like")
                }
                previous = place
            }
        }
    }

    /// Collecting tables answer an empty selection on purpose.
    private var gapSeverity: Finding.Severity {
        table.hitPolicy.answersList ? .note : .warning
    }

    mutating func findCovered() {
        guard let precedence = precedingRows() else {
            return
        }
        var work = Self.greatestWork
        var told = 0
        for row in 0..<table.ruleCount where !opaqueRows.contains(row) {
            let domains = columns.map { $0.classes(of: row) }
            let earlier = precedence(row)
            if earlier.isEmpty || domains.contains(where: \.isEmpty) {
                continue
            }
            var isReached = false
            var search = GapSearch(columns, domains: domains, rows: table.ruleCount, work: work) { _ in
                isReached = true
                return false
            }
            search.run(earlier)
            work = max(search.work, 1)
            if !isReached, !search.isExhausted {
                told += 1
                if told <= Self.greatestFindings {
                    report(
                        .warning,
                        .unreachableRule,
                        "row \(row + 1) is never chosen: other rows always come first",
                        row: row
                    )
                }
            }
        }
        if work <= 1 {
            report(.note, .incompleteAnalysis, "the table is too large to look for all rows that are never chosen")
        }
    }

    /// For a row the rows that are chosen before it when both match; nil when the policy chooses none.
    private func precedingRows() -> ((Int) -> RowBits)? {
        let certain = (0..<table.ruleCount).filter { !opaqueRows.contains($0) }
        let rows = table.ruleCount
        switch table.hitPolicy {
        case .first:
            return { row in
                var earlier = RowBits(rows: rows)
                for other in certain where other < row {
                    earlier.insert(other)
                }
                return earlier
            }
        case .priority:
            let ranks = table.constantResults.map { result in result.map { table.rank(of: $0) } }
            return { row in
                var earlier = RowBits(rows: rows)
                guard let own = ranks[row] else {
                    return earlier
                }
                for other in certain {
                    guard let rank = ranks[other], rank != own || other < row else {
                        continue
                    }
                    if rank == own || rank.lexicographicallyPrecedes(own) {
                        earlier.insert(other)
                    }
                }
                return earlier
            }
        default:
            return nil
        }
    }
}
