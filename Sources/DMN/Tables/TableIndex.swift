import FEEL

/// The index over the input columns of a decision table.
///
/// Each column turns a value into a set of rows; the rules that match are in all of the sets. The cost grows with the
/// number of rows only by one word for 64 rows and column, and by less when the sets are clustered. Cells that cannot
/// be indexed are evaluated, for the rows that are left.
final class TableIndex: Sendable {
    /// One index for each column; nil for a column whose cells must all be evaluated.
    let columns: [ColumnIndex?]
    private let rows: Int
    /// The columns in which no cell tests anything.
    private let idle: [Bool]

    /// Tables with more columns are searched row by row.
    static let maximumColumns = 64

    /// Builds the indexes.
    ///
    /// - Parameters:
    ///   - cells: The different cells.
    ///   - cellIndices: For row r and column c the cell at `r * columns + c`; or ``CompiledTable/anyCell``, or
    ///     ``CompiledTable/brokenCell``.
    ///   - columns: The number of columns.
    ///   - rows: The number of rows.
    init(cells: [UnaryTests], cellIndices: [Int32], columns: Int, rows: Int) {
        self.rows = rows
        var indexes: [ColumnIndex?] = []
        var idle: [Bool] = []
        for column in 0..<columns {
            let groups = TableIndex.groups(cells, cellIndices, column, columns)
            idle.append(groups.allSatisfy { if case .any = $0.form { true } else { false } })
            indexes.append(ColumnIndexBuilder(groups, rows: rows)?.build())
        }
        self.columns = indexes
        self.idle = idle
    }

    /// The different cells of a column with their rows.
    static func groups(
        _ cells: [UnaryTests],
        _ cellIndices: [Int32],
        _ column: Int,
        _ columns: Int
    ) -> [ColumnIndexBuilder.Group] {
        var places: [Int32: Int] = [:]
        var groups: [ColumnIndexBuilder.Group] = []
        for (row, place) in stride(from: column, to: cellIndices.count, by: max(columns, 1)).enumerated() {
            let cell = cellIndices[place]
            if let group = places[cell] {
                groups[group].rows.append(row)
            } else {
                places[cell] = groups.count
                groups.append(ColumnIndexBuilder.Group(cell: cell, of: cells, row: row))
            }
        }
        return groups
    }

    /// Whether no cell of a column tests anything.
    func isIdle(_ column: Int) -> Bool { idle[column] }

    /// The rules that match the values of the input columns, in order; only the first for the policy "first".
    func rules(matching values: [Value], of table: CompiledTable, _ frame: Frame, _ run: Run) -> MatchedRules {
        guard columns.count <= Self.maximumColumns else {
            return table.rulesBySearch(matching: values, frame, run)
        }
        return withUnsafeTemporaryAllocation(of: UnsafePointer<UInt64>.self, capacity: max(1, columns.count)) { sets in
            var query = Query(sets: sets, words: (rows + 63) / 64)
            for column in columns.indices where !idle[column] {
                query.add(columns[column], column, values[column])
            }
            return query.run(values, rows: rows, self, table, frame, run)
        }
    }

    /// Whether the cell must be evaluated although its row is in the column's set.
    @inline(__always)
    fileprivate func isOpaque(row: Int, column: Int, value: Value) -> Bool {
        guard let index = columns[column], index.set(for: value) != nil else {
            return true
        }
        return index.sets.contains(row, in: index.opaque)
    }
}

/// The sets of rows for the values of one evaluation.
private struct Query {
    let sets: UnsafeMutableBufferPointer<UnsafePointer<UInt64>>
    var count = 0
    var first = 0
    var end: Int
    /// Bits of the columns in which cells may have to be evaluated.
    var unsure: UInt64 = 0

    init(sets: UnsafeMutableBufferPointer<UnsafePointer<UInt64>>, words: Int) {
        self.sets = sets
        end = words
    }

    @inline(__always)
    mutating func add(_ index: ColumnIndex?, _ column: Int, _ value: Value) {
        guard let index, let set = index.set(for: value) else {
            unsure |= 1 << UInt64(column)
            return
        }
        sets[count] = index.sets.start(of: set)
        count += 1
        let range = index.sets.range(of: set)
        first = max(first, Int(range.first))
        end = min(end, Int(range.end))
        if index.hasOpaque {
            unsure |= 1 << UInt64(column)
        }
    }

    func run(
        _ values: [Value],
        rows: Int,
        _ index: TableIndex,
        _ table: CompiledTable,
        _ frame: Frame,
        _ run: Run
    ) -> MatchedRules {
        var matched = MatchedRules.none
        let stopsAtFirst = table.hitPolicy == .first
        var word = first
        while word < end {
            var bits = self.bits(of: word, rows: rows)
            while bits != 0 {
                let row = word << 6 + bits.trailingZeroBitCount
                bits &= bits &- 1
                guard unsure == 0 || passes(row, values, index, table, frame, run) else {
                    continue
                }
                matched.append(Int32(row))
                if stopsAtFirst {
                    return matched
                }
            }
            word += 1
        }
        return matched
    }

    @inline(__always)
    private func bits(of word: Int, rows: Int) -> UInt64 {
        guard count > 0 else {
            let left = rows - word << 6
            return left >= 64 ? ~0 : 1 << UInt64(left) &- 1
        }
        var bits = sets[0][word]
        var set = 1
        while bits != 0, set < count {
            bits &= sets[set][word]
            set += 1
        }
        return bits
    }

    private func passes(
        _ row: Int,
        _ values: [Value],
        _ index: TableIndex,
        _ table: CompiledTable,
        _ frame: Frame,
        _ run: Run
    ) -> Bool {
        var columns = unsure
        while columns != 0 {
            let column = columns.trailingZeroBitCount
            columns &= columns &- 1
            if index.isOpaque(row: row, column: column, value: values[column]),
                !table.passes(values[column], rule: row, column: column, frame, run)
            {
                return false
            }
        }
        return true
    }
}
