/// One row of an answer, whose columns are read by name.
///
/// A statement selects each column that is read, under one name: an expression or a column that two tables have gets its name
/// by `AS`. What cannot be read as asked is an error that names the column: it is not selected, it is null where a value has to be,
/// or it holds a value of another type.
///
/// A row is only valid inside the closure it was handed to.
///
/// ## Topics
/// - ``text(_:)``
/// - ``integer(_:)``
/// - ``real(_:)``
/// - ``flag(_:)``
/// - ``bytes(_:)``
package struct SQLRow {
    private let cells: UnsafePointer<SQLCell>
    private let columns: ColumnPositions

    /// For drivers, which say where the cells of the row are: one for each column, valid until the row's closure returns.
    package init(_ cells: UnsafePointer<SQLCell>, _ columns: ColumnPositions) {
        (self.cells, self.columns) = (cells, columns)
    }

    /// The first `count` values, in the order in which the statement selects them; valid as the row is.
    ///
    /// The statement selects at least as many.
    func values(_ count: Int) -> UnsafeBufferPointer<SQLCell> { UnsafeBufferPointer(start: cells, count: count) }

    /// The text of a column; fails when it is null or not text.
    package func text(_ column: StaticString) throws(StorageError) -> String {
        guard let text = try optionalText(column) else { throw Self.null("\(column)") }
        return text
    }

    /// The text of a column, nil when it is null; fails when it is anything else.
    package func optionalText(_ column: StaticString) throws(StorageError) -> String? {
        try Self.text(cell(column), "\(column)")
    }

    /// The integer of a column; fails when it is null or not an integer.
    package func integer(_ column: StaticString) throws(StorageError) -> Int64 {
        guard let integer = try optionalInteger(column) else { throw Self.null("\(column)") }
        return integer
    }

    /// The integer of a column, nil when it is null; fails when it is anything else.
    package func optionalInteger(_ column: StaticString) throws(StorageError) -> Int64? {
        switch try cell(column) {
        case .null: return nil
        case .integer(let integer): return integer
        default: throw Self.mismatch("\(column)", "an integer")
        }
    }

    /// The number of a column; fails when it is null or not a number.
    package func real(_ column: StaticString) throws(StorageError) -> Double {
        guard let number = try optionalReal(column) else { throw Self.null("\(column)") }
        return number
    }

    /// The number of a column, nil when it is null; fails when it is anything else.
    package func optionalReal(_ column: StaticString) throws(StorageError) -> Double? {
        switch try cell(column) {
        case .null: return nil
        case .real(let number): return number
        case .integer(let integer): return Double(integer)
        default: throw Self.mismatch("\(column)", "a number")
        }
    }

    /// Whether a column holds 1 and not 0; fails for anything else.
    package func flag(_ column: StaticString) throws(StorageError) -> Bool {
        switch try integer(column) {
        case 0: return false
        case 1: return true
        default: throw Self.mismatch("\(column)", "0 or 1")
        }
    }

    /// The bytes of a column; fails when it is null or holds anything else.
    package func bytes(_ column: StaticString) throws(StorageError) -> [UInt8] {
        switch try cell(column) {
        case .null: throw Self.null("\(column)")
        case .bytes(let bytes): return Array(bytes)
        default: throw Self.mismatch("\(column)", "bytes")
        }
    }

    /// The column of a name that is known only when the program runs, as an argument for another statement.
    package func argument(named column: String) throws(StorageError) -> SQLValue {
        switch cells[try columns.position(named: column)] {
        case .null: .null
        case .integer(let integer): .integer(integer)
        case .real(let number): .real(number)
        case .text(let text): .text(String(decoding: text, as: UTF8.self))
        case .bytes(let bytes): .bytes(Array(bytes))
        }
    }

    /// The text of a column of a name that is known only when the program runs; see ``optionalText(_:)``.
    package func optionalText(named column: String) throws(StorageError) -> String? {
        try Self.text(cells[try columns.position(named: column)], column)
    }

    private func cell(_ column: StaticString) throws(StorageError) -> SQLCell {
        cells[try columns.position(of: column)]
    }

    private static func text(
        _ cell: SQLCell,
        _ column: @autoclosure () -> String
    ) throws(StorageError) -> String? {
        switch cell {
        case .null: nil
        case .text(let text): String(decoding: text, as: UTF8.self)
        default: throw mismatch(column(), "text")
        }
    }

    private static func null(_ column: String) -> StorageError {
        StorageError(code: .statement, message: "column \(column) is null")
    }

    private static func mismatch(_ column: String, _ expected: String) -> StorageError {
        StorageError(code: .statement, message: "column \(column) is not \(expected)")
    }
}

/// The names of the columns of an answer, as a driver knows them.
package protocol ColumnNames: AnyObject {
    /// Where a column of a name in letters of any case stands, sought from `start` on and then from the beginning; nil when there is
    /// none.
    ///
    /// `name` ends with a zero byte.
    func index(ofColumn name: UnsafePointer<CChar>, from start: Int) -> Int?
}

/// Where the columns of one answer stand.
///
/// A name is looked up once for an answer. Whoever maps a row asks for the same columns in the same order as for the row before,
/// so each of those that follow costs the comparison of two pointers.
package final class ColumnPositions {
    private struct Known {
        let name: UnsafePointer<UInt8>
        let position: Int
    }

    private let names: any ColumnNames
    private var known: [Known] = []
    /// Which one is probably asked for next.
    private var next = 0

    /// For drivers: the columns of an answer by their names.
    package init(_ names: any ColumnNames) { self.names = names }

    /// Begins another row.
    package func beginRow() { next = 0 }

    func position(of column: StaticString) throws(StorageError) -> Int {
        let name = column.utf8Start
        if next < known.count, known[next].name == name {
            next += 1
            return known[next - 1].position
        }
        if let index = known.firstIndex(where: { $0.name == name }) {
            next = index + 1
            return known[index].position
        }
        guard let position = name.withMemoryRebound(to: CChar.self, capacity: 1, found) else {
            throw Self.missing("\(column)")
        }
        known.append(Known(name: name, position: position))
        next = known.count
        return position
    }

    func position(named column: String) throws(StorageError) -> Int {
        guard let position = column.withCString(found) else { throw Self.missing(column) }
        return position
    }

    /// Sought from behind the one found last: most are read in their order.
    private func found(_ name: UnsafePointer<CChar>) -> Int? {
        names.index(ofColumn: name, from: known.last.map { $0.position + 1 } ?? 0)
    }

    private static func missing(_ column: String) -> StorageError {
        StorageError(code: .statement, message: "there is no column \(column)")
    }
}
