import FEEL

/// Rules that match together although the hit policy does not provide for it.
extension TableAnalysis {
    mutating func findOverlaps() {
        guard table.hitPolicy == .unique || table.hitPolicy == .any else {
            return
        }
        let meeting = columns.map { meetingRows(of: $0) }
        var told = 0
        for row in 0..<table.ruleCount where !opaqueRows.contains(row) {
            var others = RowBits(rows: table.ruleCount, full: true)
            for (column, rows) in zip(columns, meeting) {
                others.formIntersection(rows[column.cellOfRow[row]])
            }
            for other in others.rows where other > row && !opaqueRows.contains(other) && disagree(row, other) {
                guard told < Self.maximumFindings else {
                    report(.note, .overlap, "further overlaps are not listed")
                    return
                }
                told += 1
                reportOverlap(row, other)
            }
        }
    }

    /// For each cell of a column the rows that pass one of its classes.
    private func meetingRows(of column: AnalysisColumn) -> [RowBits] {
        column.classesOfCell.map { classes in
            var rows = RowBits(rows: table.ruleCount)
            for place in classes {
                rows.formUnion(column.sets, column.classes[place].set)
            }
            return rows
        }
    }

    /// Whether two rules that match together break the policy.
    private func disagree(_ row: Int, _ other: Int) -> Bool {
        guard table.hitPolicy == .any else {
            return true
        }
        if let left = table.constantResults[row], let right = table.constantResults[other] {
            return !left.equals(right).isTrue
        }
        return table.source.rules[row].outputs.map(\.source) != table.source.rules[other].outputs.map(\.source)
    }

    private mutating func reportOverlap(_ row: Int, _ other: Int) {
        let chosen = columns.map { column -> Int? in
            let others = Set(column.classes(of: other))
            return column.classes(of: row).first { others.contains($0) }
        }
        let what = table.hitPolicy == .any ? "match together and do not agree" : "match together"
        let message = "rows \(row + 1) and \(other + 1) \(what), for example with \(example(chosen))"
        report(.warning, .overlap, message, row: other)
    }
}
