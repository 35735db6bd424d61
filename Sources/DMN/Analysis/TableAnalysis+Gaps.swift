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
            certain: zip(columns, domains).map { $0.rows(passing: $1) },
            rows: table.ruleCount,
            work: Self.maximumWork
        ) { gap in
            gaps.append(gap)
            return gaps.count <= Self.maximumFindings
        }
        if domains.allSatisfy({ !$0.isEmpty }) {
            search.run(RowBits(rows: table.ruleCount, full: true))
        }
        for gap in gaps.prefix(Self.maximumFindings) {
            report(gapSeverity, .gap, "no rule matches, for example with \(example(gap))")
        }
        if gaps.count > Self.maximumFindings {
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
            for place in missing.prefix(Self.maximumFindings) {
                if place != previous + 1 || previous < 0 {
                    let value = column.classes[place].witness.map { "\($0) or the like" } ?? "anything"
                    report(gapSeverity, .gap, "no rule matches when '\(column.title)' is \(value)")
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
        let certain = columns.map { column in column.classesOfCell.map { column.rows(passing: $0) } }
        var work = Self.maximumWork
        var told = 0
        for row in 0..<table.ruleCount where !opaqueRows.contains(row) {
            guard isCovered(row, by: precedence(row), certain, &work) else {
                continue
            }
            told += 1
            if told <= Self.maximumFindings {
                let message = "row \(row + 1) is never chosen: other rows always come first"
                report(.warning, .unreachableRule, message, row: row)
            }
        }
        if work <= 0 {
            report(.note, .incompleteAnalysis, "the table is too large to look for all rows that are never chosen")
        }
    }

    /// Whether other rows match wherever a row does; false when the work does not suffice to tell.
    private func isCovered(_ row: Int, by earlier: RowBits, _ certain: [[RowBits]], _ work: inout Int) -> Bool {
        let domains = columns.map { $0.classes(of: row) }
        if work <= 0 || earlier.isEmpty || domains.contains(where: \.isEmpty) {
            return false
        }
        var isReached = false
        var search = GapSearch(
            columns,
            domains: domains,
            certain: zip(columns, certain).map { column, certain in certain[column.cellOfRow[row]] },
            rows: table.ruleCount,
            work: work
        ) { _ in
            isReached = true
            return false
        }
        search.run(earlier)
        work = search.work
        return !isReached && !search.isExhausted
    }

    /// For a row the rows that are chosen before it when both match; nil when the policy chooses none.
    private func precedingRows() -> ((Int) -> RowBits)? {
        var certain = RowBits(rows: table.ruleCount, full: true)
        certain.subtract(opaqueRows)
        switch table.hitPolicy {
        case .first:
            return { row in
                var earlier = certain
                earlier.keep(below: row)
                return earlier
            }
        case .priority:
            return precedingByPriority(certain)
        default:
            return nil
        }
    }

    /// Rows with a higher priority come first, then those of the same priority in order; rows whose outputs are not
    /// constant have no priority.
    private func precedingByPriority(_ certain: RowBits) -> (Int) -> RowBits {
        let ranks = table.constantResults.map { result in result.map { table.rank(of: $0) } }
        let order = Set(ranks.compactMap { $0 }).sorted { $0.lexicographicallyPrecedes($1) }
        var rowsOfRank: [[Int]: RowBits] = [:]
        var higherThanRank: [[Int]: RowBits] = [:]
        var higher = RowBits(rows: table.ruleCount)
        for rank in order {
            var rows = RowBits(rows: table.ruleCount)
            for row in ranks.indices where ranks[row] == rank && certain.contains(row) {
                rows.insert(row)
            }
            higherThanRank[rank] = higher
            rowsOfRank[rank] = rows
            higher.formUnion(rows)
        }
        let none = RowBits(rows: table.ruleCount)
        return { row in
            guard let rank = ranks[row], var earlier = rowsOfRank[rank], let higher = higherThanRank[rank] else {
                return none
            }
            earlier.keep(below: row)
            earlier.formUnion(higher)
            return earlier
        }
    }
}
