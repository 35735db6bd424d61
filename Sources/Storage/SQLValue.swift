/// One argument of a statement: the types that SQLite and PostgreSQL share.
///
/// Times are integers in microseconds since 1970 or ISO 8601 text, decimals are text, hashes are hexadecimal text.
package enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    /// For a column of type BYTEA.
    case bytes([UInt8])

    /// Text, or null for nil.
    package static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }

    /// An integer, or null for nil.
    package static func optional(_ integer: Int64?) -> SQLValue { integer.map(SQLValue.integer) ?? .null }

    /// A number, or null for nil.
    package static func optional(_ number: Double?) -> SQLValue { number.map(SQLValue.real) ?? .null }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
}

/// One value of a row where its driver has it: texts and bytes stay in the memory of the database library and are valid
/// until the next row.
package enum SQLCell {
    case null
    case integer(Int64)
    case real(Double)
    /// UTF-8.
    case text(UnsafeBufferPointer<UInt8>)
    case bytes(UnsafeBufferPointer<UInt8>)
}
