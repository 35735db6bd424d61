internal import GRDB

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
    let row: Row
    let columns: ColumnPositions

    /// The text of a column; fails when it is null or not text.
    package func text(_ column: StaticString) throws(StorageError) -> String {
        guard let text = try optionalText(column) else { throw Self.null("\(column)") }
        return text
    }

    /// The text of a column, nil when it is null; fails when it is anything else.
    package func optionalText(_ column: StaticString) throws(StorageError) -> String? {
        try Self.text(value(column), "\(column)")
    }

    /// The integer of a column; fails when it is null or not an integer.
    package func integer(_ column: StaticString) throws(StorageError) -> Int64 {
        guard let integer = try optionalInteger(column) else { throw Self.null("\(column)") }
        return integer
    }

    /// The integer of a column, nil when it is null; fails when it is anything else.
    package func optionalInteger(_ column: StaticString) throws(StorageError) -> Int64? {
        switch try value(column).storage {
        case .null: return nil
        case .int64(let integer): return integer
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
        switch try value(column).storage {
        case .null: return nil
        case .double(let number): return number
        case .int64(let integer): return Double(integer)
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
        switch try value(column).storage {
        case .null: throw Self.null("\(column)")
        case .blob(let data): return Array(data)
        default: throw Self.mismatch("\(column)", "bytes")
        }
    }

    /// The column of a name that is known only when the program runs, as an argument for another statement.
    package func argument(named column: String) throws(StorageError) -> SQLValue {
        let value: DatabaseValue = row[try columns.position(named: column)]
        return switch value.storage {
        case .null: .null
        case .int64(let integer): .integer(integer)
        case .double(let number): .real(number)
        case .string(let text): .text(text)
        case .blob(let data): .bytes(Array(data))
        }
    }

    /// The text of a column of a name that is known only when the program runs; see ``optionalText(_:)``.
    package func optionalText(named column: String) throws(StorageError) -> String? {
        try Self.text(row[try columns.position(named: column)], column)
    }

    private func value(_ column: StaticString) throws(StorageError) -> DatabaseValue {
        row[try columns.position(of: column)]
    }

    private static func text(
        _ value: DatabaseValue,
        _ column: @autoclosure () -> String
    ) throws(StorageError) -> String? {
        switch value.storage {
        case .null: nil
        case .string(let text): text
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

/// Where the columns of one answer stand.
///
/// A name is looked up once for an answer. Whoever maps a row asks for the same columns in the same order as for the row before,
/// so each of those that follow costs the comparison of two pointers.
final class ColumnPositions {
    private struct Known {
        let name: UnsafePointer<UInt8>
        let position: Int
    }

    private let statement: Statement
    private var known: [Known] = []
    /// Which one is probably asked for next.
    private var next = 0

    init(_ statement: Statement) { self.statement = statement }

    /// Begins another row.
    func beginRow() { next = 0 }

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
        let position = try position(named: "\(column)")
        known.append(Known(name: name, position: position))
        next = known.count
        return position
    }

    func position(named column: String) throws(StorageError) -> Int {
        guard let position = statement.index(ofColumn: column) else {
            throw StorageError(code: .statement, message: "there is no column \(column)")
        }
        return position
    }
}
