import FEEL

/// One input column as the analysis sees it: the classes of values it can hold, and for each class the rows that pass.
struct AnalysisColumn {
    /// The title for people.
    let title: String
    /// The sets of rows.
    let sets: RowSets
    /// The classes in the column's domain, ordered values in ascending order.
    let classes: [ValueClass]
    /// Whether values of text that no cell names are possible, and no row passes them.
    let leavesOutOtherText: Bool
    /// For each row the number of its cell among the different cells.
    let cellOfRow: [Int]
    /// For each cell the places of the classes it passes.
    let classesOfCell: [[Int]]
    /// For each cell whether it must be evaluated.
    let isOpaque: [Bool]

    /// Analyses a column; nil when it is too large for an index.
    init?(_ table: CompiledTable, column: Int) {
        let input = table.inputs[column]
        let groups = TableIndex.groups(table.cells, table.cellIndices, column, table.inputs.count)
        let named = [input.allowed].compactMap { $0 } + (input.type.constraint?.tests ?? [])
        let extra = named.map { ColumnIndexBuilder.Group($0) }
        guard let index = ColumnIndexBuilder(groups + extra, rows: table.ruleCount)?.build() else {
            return nil
        }
        title = input.title
        sets = index.sets
        let frame = Frame(slotCount: 8, evaluation: Evaluation())
        let classes = index.classes(of: input.testedType, namesNull: groups.contains(where: \.namesNull)).filter {
            value in
            guard let witness = value.witness else {
                return true
            }
            let tests = witness.isNull ? [input.allowed].compactMap { $0 } : named
            return tests.allSatisfy { $0.tests.contains(where: \.isOpaque) || $0.matches(witness, in: frame) }
        }
        let range = index.sets.range(of: index.otherString)
        let isOtherEmpty = range.first >= range.end
        leavesOutOtherText =
            isOtherEmpty && !index.strings.keys.isEmpty && classes.contains { $0.set == index.otherString }
        self.classes = leavesOutOtherText ? classes.filter { $0.set != index.otherString } : classes
        var cellOfRow = [Int](repeating: 0, count: table.ruleCount)
        for (cell, group) in groups.enumerated() {
            for row in group.rows {
                cellOfRow[row] = cell
            }
        }
        self.cellOfRow = cellOfRow
        let domain = self.classes
        classesOfCell = groups.map { group in
            domain.indices.filter { index.sets.contains(group.rows[0], in: domain[$0].set) }
        }
        isOpaque = groups.map { if case .opaque = $0.form { true } else { false } }
    }

    /// The places of the classes that a row passes.
    func classes(of row: Int) -> [Int] {
        classesOfCell[cellOfRow[row]]
    }

    /// The rows that pass all of some classes.
    func rows(passing places: [Int]) -> RowBits {
        var rows = RowBits(rows: sets.rows, full: true)
        for place in places {
            rows.formIntersection(sets, classes[place].set)
        }
        return rows
    }

    /// The places of the classes that some row passes.
    var servedClasses: [Int] {
        classes.indices.filter { place in
            let range = sets.range(of: classes[place].set)
            return range.first < range.end
        }
    }
}
