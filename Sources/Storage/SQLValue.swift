internal import GRDB

/// One argument of a statement: the types that SQLite and PostgreSQL share.
///
/// Times are integers in microseconds since 1970 or ISO 8601 text, decimals are text, hashes are hexadecimal text.
package enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)

    /// Text, or null for nil.
    package static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }

    /// An integer, or null for nil.
    package static func optional(_ integer: Int64?) -> SQLValue { integer.map(SQLValue.integer) ?? .null }

    /// A number, or null for nil.
    package static func optional(_ number: Double?) -> SQLValue { number.map(SQLValue.real) ?? .null }

    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let value): value.databaseValue
        }
    }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
}

/// One row of an answer.
///
/// Columns are read by position, in the order the statement selects them.
///
/// A row is only valid inside the closure it was handed to.
package struct SQLRow {
    let row: Row

    /// The text of a column; fails when it is null or not text.
    package func text(_ column: Int) throws(StorageError) -> String {
        guard let value = String.fromDatabaseValue(row[column]) else { throw mismatch(column, "text") }
        return value
    }

    /// The text of a column, nil when it is null.
    package func optionalText(_ column: Int) -> String? { String.fromDatabaseValue(row[column]) }

    /// The integer of a column; fails when it is null or not an integer.
    package func integer(_ column: Int) throws(StorageError) -> Int64 {
        guard let value = Int64.fromDatabaseValue(row[column]) else { throw mismatch(column, "an integer") }
        return value
    }

    /// The integer of a column, nil when it is null.
    package func optionalInteger(_ column: Int) -> Int64? { Int64.fromDatabaseValue(row[column]) }

    /// The number of a column; fails when it is null or not a number.
    package func real(_ column: Int) throws(StorageError) -> Double {
        guard let value = Double.fromDatabaseValue(row[column]) else { throw mismatch(column, "a number") }
        return value
    }

    /// The number of a column, nil when it is null.
    package func optionalReal(_ column: Int) -> Double? { Double.fromDatabaseValue(row[column]) }

    private func mismatch(_ column: Int, _ expected: String) -> StorageError {
        StorageError(code: .statement, message: "column \(column) is not \(expected)")
    }
}
