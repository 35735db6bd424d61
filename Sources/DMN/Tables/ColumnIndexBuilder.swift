import FEEL
import IEEEDecimal

/// Builds the index of one column from its different cells and the rows that have them.
struct ColumnIndexBuilder {
    /// A cell with the rows that have it.
    struct Group {
        /// The cell; nil for one without text or with text that could not be compiled.
        let cell: UnaryTests?
        /// What it covers.
        let form: CellForm
        /// The rows that have it.
        var rows: [Int]

        /// Whether the cell names null.
        var namesNull: Bool {
            guard case .atoms(let atoms, _) = form else {
                return false
            }
            return atoms.contains { if case .null = $0 { true } else { false } }
        }

        /// A cell that no row has, for the values it names.
        init(_ cell: UnaryTests) {
            self.cell = cell
            form = CellForm(cell)
            rows = []
        }

        init(cell: Int32, of cells: [UnaryTests], row: Int) {
            rows = [row]
            switch cell {
            case CompiledTable.anyCell: (self.cell, form) = (nil, .any)
            case CompiledTable.brokenCell: (self.cell, form) = (nil, .opaque)
            default: (self.cell, form) = (cells[Int(cell)], CellForm(cells[Int(cell)]))
            }
        }
    }

    private let rows: Int
    private let cells: [Group]
    private var strings = StringTable()
    private var points: [CutPoints] = []

    /// Takes the cells of a column; nil when an index would take too much memory.
    init?(_ cells: [Group], rows: Int) {
        self.rows = rows
        self.cells = cells
        var keys = [[OrderedKey]](repeating: [], count: OrderedFamily.allCases.count)
        for cell in cells {
            guard case .atoms(let atoms, _) = cell.form else {
                continue
            }
            for atom in atoms {
                collect(atom, &keys)
            }
        }
        points = keys.map { CutPoints($0) }
        guard setCount * ((rows + 63) / 64) * 8 <= ColumnIndex.maximumMemory else {
            return nil
        }
    }

    private mutating func collect(_ atom: CellForm.Atom, _ keys: inout [[OrderedKey]]) {
        switch atom {
        case .null, .boolean: break
        case .string(let string):
            strings.insert(string)
        case .interval(let family, let low, let high):
            keys[family.rawValue] += [low?.key, high?.key].compactMap { $0 }
        }
    }

    private var setCount: Int {
        strings.keys.count + 5 + points.reduce(0) { $0 + $1.regionCount }
    }

    /// Fills the sets.
    func build() -> ColumnIndex {
        let sets = RowSets(count: setCount, rows: rows)
        let index = ColumnIndex(
            sets: sets,
            strings: strings,
            points: points,
            hasOpaque: cells.contains { if case .opaque = $0.form { !$0.rows.isEmpty } else { false } }
        )
        fill(index)
        sets.freeze()
        return index
    }

    private func fill(_ index: ColumnIndex) {
        let frame = Frame(slotCount: 8, evaluation: Evaluation())
        var sweeps = zip(index.points, index.bases).map { RegionSweep(points: $0, base: $1) }
        for group in cells {
            switch group.form {
            case .any: fillAll(index, group.rows, &sweeps)
            case .opaque:
                fillAll(index, group.rows, &sweeps)
                insert(group.rows, index.opaque, index)
            case .atoms(let atoms, let negated):
                if let cell = group.cell {
                    let filling = CellFilling(cell: cell, atoms: atoms, negated: negated, rows: group.rows)
                    fill(index, filling, frame, &sweeps)
                }
            }
        }
        for sweep in sweeps {
            sweep.run(into: index.sets)
        }
    }

    private func fillAll(_ index: ColumnIndex, _ rows: [Int], _ sweeps: inout [RegionSweep]) {
        for set in 0..<index.opaque {
            insert(rows, set, index)
        }
        for family in sweeps.indices {
            sweeps[family].add(rows, [0...(index.points[family].regionCount - 1)])
        }
    }

    private struct CellFilling {
        let cell: UnaryTests
        let atoms: [CellForm.Atom]
        let negated: Bool
        let rows: [Int]
    }

    private func fill(
        _ index: ColumnIndex,
        _ filling: CellFilling,
        _ frame: Frame,
        _ sweeps: inout [RegionSweep]
    ) {
        func insertIfPassing(_ value: Value, _ set: Int) {
            if filling.cell.matches(value, in: frame) {
                insert(filling.rows, set, index)
            }
        }
        insertIfPassing(.null, index.nullSet)
        insertIfPassing(.boolean(true), index.trueSet)
        insertIfPassing(.boolean(false), index.falseSet)
        fillStrings(index, filling, frame)
        for family in OrderedFamily.allCases {
            fill(family, index, filling, frame, &sweeps)
        }
    }

    private func fillStrings(_ index: ColumnIndex, _ filling: CellFilling, _ frame: Frame) {
        var named = Set<Int>()
        for case .string(let string) in filling.atoms {
            named.insert(strings.place(of: string) ?? 0)
        }
        guard filling.negated else {
            named.forEach { insert(filling.rows, $0, index) }
            return
        }
        guard filling.cell.matches(.string(otherString), in: frame) else {
            return
        }
        for set in 0...index.otherString where !named.contains(set) {
            insert(filling.rows, set, index)
        }
    }

    private func fill(
        _ family: OrderedFamily,
        _ index: ColumnIndex,
        _ filling: CellFilling,
        _ frame: Frame,
        _ sweeps: inout [RegionSweep]
    ) {
        let points = index.points[family.rawValue]
        var covered = RegionList()
        var isNamed = false
        for case .interval(family, let low, let high) in filling.atoms {
            isNamed = true
            if let regions = points.regions(low: low, high: high) {
                covered.insert(regions)
            }
        }
        guard filling.negated else {
            sweeps[family.rawValue].add(filling.rows, covered.ranges)
            return
        }
        if isNamed {
            sweeps[family.rawValue].add(filling.rows, covered.complement(upTo: points.regionCount))
        } else if filling.cell.matches(family.sample, in: frame) {
            sweeps[family.rawValue].add(filling.rows, [0...(points.regionCount - 1)])
        }
    }

    /// A string that no cell names.
    private var otherString: String {
        var candidate = "\u{10FFFF}"
        while strings.place(of: candidate) != nil {
            candidate += "\u{10FFFF}"
        }
        return candidate
    }

    private func insert(_ rows: [Int], _ set: Int, _ index: ColumnIndex) {
        for row in rows {
            index.sets.insert(row, into: set)
        }
    }
}

extension OrderedFamily {
    /// Some value of the family.
    var sample: Value {
        switch self {
        case .number: .number(Decimal128.zero)
        case .date: CalendarDate(daysSince1970: 0).map { .date($0) } ?? .null
        case .yearsAndMonths: YearsAndMonthsDuration(months: 0).map { .yearsAndMonthsDuration($0) } ?? .null
        case .daysAndTime: .daysAndTimeDuration(DaysAndTimeDuration(seconds: 0))
        }
    }
}
