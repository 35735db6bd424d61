internal import GRDBSQLite

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
    let statement: OpaquePointer
    let columns: ColumnPositions

    /// The text of a column; fails when it is null or not text.
    package func text(_ column: StaticString) throws(StorageError) -> String {
        guard let text = try optionalText(column) else { throw Self.null("\(column)") }
        return text
    }

    /// The text of a column, nil when it is null; fails when it is anything else.
    package func optionalText(_ column: StaticString) throws(StorageError) -> String? {
        try text(at: columns.position(of: column)) { "\(column)" }
    }

    /// The integer of a column; fails when it is null or not an integer.
    package func integer(_ column: StaticString) throws(StorageError) -> Int64 {
        guard let integer = try optionalInteger(column) else { throw Self.null("\(column)") }
        return integer
    }

    /// The integer of a column, nil when it is null; fails when it is anything else.
    package func optionalInteger(_ column: StaticString) throws(StorageError) -> Int64? {
        let position = try columns.position(of: column)
        switch sqlite3_column_type(statement, position) {
        case SQLITE_NULL: return nil
        case SQLITE_INTEGER: return sqlite3_column_int64(statement, position)
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
        let position = try columns.position(of: column)
        switch sqlite3_column_type(statement, position) {
        case SQLITE_NULL: return nil
        case SQLITE_FLOAT: return sqlite3_column_double(statement, position)
        case SQLITE_INTEGER: return Double(sqlite3_column_int64(statement, position))
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
        let position = try columns.position(of: column)
        switch sqlite3_column_type(statement, position) {
        case SQLITE_NULL: throw Self.null("\(column)")
        case SQLITE_BLOB: return bytes(at: position)
        default: throw Self.mismatch("\(column)", "bytes")
        }
    }

    /// The column of a name that is known only when the program runs, as an argument for another statement.
    package func argument(named column: String) throws(StorageError) -> SQLValue {
        let position = try columns.position(named: column)
        return switch sqlite3_column_type(statement, position) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, position))
        case SQLITE_FLOAT: .real(sqlite3_column_double(statement, position))
        case SQLITE_TEXT: .text(String(cString: sqlite3_column_text(statement, position)))
        case SQLITE_BLOB: .bytes(bytes(at: position))
        default: .null
        }
    }

    /// The text of a column of a name that is known only when the program runs; see ``optionalText(_:)``.
    package func optionalText(named column: String) throws(StorageError) -> String? {
        try text(at: columns.position(named: column)) { column }
    }

    private func text(at position: CInt, _ column: () -> String) throws(StorageError) -> String? {
        switch sqlite3_column_type(statement, position) {
        case SQLITE_NULL: nil
        case SQLITE_TEXT: String(cString: sqlite3_column_text(statement, position))
        default: throw Self.mismatch(column(), "text")
        }
    }

    private func bytes(at position: CInt) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, position) else { return [] }
        let count = Int(sqlite3_column_bytes(statement, position))
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
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
        let position: CInt
    }

    private let statement: OpaquePointer
    private let count: CInt
    private var known: [Known] = []
    /// Which one is probably asked for next.
    private var next = 0

    init(_ statement: OpaquePointer) {
        self.statement = statement
        count = sqlite3_column_count(statement)
    }

    /// Begins another row.
    func beginRow() { next = 0 }

    func position(of column: StaticString) throws(StorageError) -> CInt {
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

    func position(named column: String) throws(StorageError) -> CInt {
        guard let position = column.withCString(found) else { throw Self.missing(column) }
        return position
    }

    /// The column of a name, in letters of any case, sought from behind the one found last: most are read in their order.
    private func found(_ name: UnsafePointer<CChar>) -> CInt? {
        let start = known.last.map { $0.position + 1 } ?? 0
        for offset in 0..<count {
            let position = (start + offset) % count
            if sqlite3_stricmp(sqlite3_column_name(statement, position), name) == 0 { return position }
        }
        return nil
    }

    private static func missing(_ column: String) -> StorageError {
        StorageError(code: .statement, message: "there is no column \(column)")
    }
}
