import FEEL

/// Looks for gaps, overlaps, rules that can never matter and duplicates in a decision table.
///
/// The values of each column are cut into classes that no cell tells apart; the table is then a finite grid. Overlaps
/// are found column by column and are exact. Gaps and covered rules are found by a search over the columns that joins
/// neighbouring classes which leave the same rows, and remembers what is known to be covered. Work is bounded by
/// ``maximumWork``; a table that needs more is reported as not fully analysed.
struct TableAnalysis {
    /// How many findings of one kind are told for one table.
    static let maximumFindings = 50
    /// How many words may be looked at in the search.
    static let maximumWork = 15_000_000

    let table: CompiledTable
    let columns: [AnalysisColumn]
    private(set) var findings: [Finding] = []
    /// Rows with a cell that must be evaluated.
    let opaqueRows: RowBits

    /// Everything there is to say about a table.
    static func findings(of table: CompiledTable) -> [Finding] {
        let columns = table.inputs.indices.compactMap { AnalysisColumn(table, column: $0) }
        guard columns.count == table.inputs.count, table.ruleCount > 0 else {
            return []
        }
        var analysis = TableAnalysis(table, columns)
        analysis.findImpossible()
        analysis.findDuplicates()
        analysis.findOverlaps()
        analysis.findCovered()
        analysis.findGaps()
        analysis.noteOpaque()
        return analysis.findings
    }

    private init(_ table: CompiledTable, _ columns: [AnalysisColumn]) {
        self.table = table
        self.columns = columns
        var opaque = RowBits(rows: table.ruleCount)
        for row in 0..<table.ruleCount where columns.contains(where: { $0.isOpaque[$0.cellOfRow[row]] }) {
            opaque.insert(row)
        }
        opaqueRows = opaque
    }

    /// Notes something about a rule, or about the table.
    mutating func report(
        _ severity: Finding.Severity,
        _ code: Finding.Code,
        _ message: String,
        row: Int? = nil
    ) {
        var location = row.map { table.source.rules[$0].location } ?? table.source.location
        location.element = location.element ?? table.name
        findings.append(Finding(severity, code, "table '\(table.name)': \(message)", at: location))
    }

    /// An example in words: the witnesses of some classes, by column; columns that name no values are left out.
    func example(_ chosen: [Int?]) -> String {
        let parts = zip(columns, chosen).compactMap { column, place -> String? in
            let place = place ?? column.servedClasses.first ?? 0
            guard place < column.classes.count, let witness = column.classes[place].witness else {
                return nil
            }
            return "\(column.title) = \(witness)"
        }
        return parts.isEmpty ? "any values" : parts.joined(separator: ", ")
    }

    private mutating func noteOpaque() {
        let count = opaqueRows.rows.count
        if count > 0 {
            report(
                .note,
                .incompleteAnalysis,
                "\(count) rules have cells that depend on other values; they are taken to match"
            )
        }
    }

    // MARK: Rules that can never match

    private mutating func findImpossible() {
        var told = 0
        for row in 0..<table.ruleCount where !opaqueRows.contains(row) {
            guard let column = columns.first(where: { $0.classes(of: row).isEmpty && !$0.classes.isEmpty }) else {
                continue
            }
            told += 1
            if told <= Self.maximumFindings {
                let message = "row \(row + 1) never matches: no value of '\(column.title)' passes its cell"
                report(.warning, .unreachableRule, message, row: row)
            }
        }
    }

    // MARK: Duplicates

    private mutating func findDuplicates() {
        var seen: [[Int]: Int] = [:]
        let cellClasses = columns.map { column in
            var known: [[Int]: Int] = [:]
            return column.classesOfCell.map { classes in
                known[classes]
                    ?? {
                        known[classes] = known.count; return known.count - 1
                    }()
            }
        }
        var told = 0
        for row in 0..<table.ruleCount where !opaqueRows.contains(row) {
            let key = columns.indices.map { cellClasses[$0][columns[$0].cellOfRow[row]] }
            guard let first = seen[key] else {
                seen[key] = row
                continue
            }
            let same = table.source.rules[first].outputs.map(\.source) == table.source.rules[row].outputs.map(\.source)
            told += same ? 1 : 0
            if same, told <= Self.maximumFindings {
                report(.warning, .duplicateRule, "row \(row + 1) repeats row \(first + 1)", row: row)
            }
        }
    }
}
