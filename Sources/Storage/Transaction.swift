import Foundation
internal import GRDB
import Synchronization

/// Reading statements, offered by both kinds of transaction.
///
/// Statements are written in the SQL that SQLite and PostgreSQL share, with parameters `$1`, `$2`, … that are bound
/// by their number whatever their order in the text, and are prepared once per connection.
package protocol SQLReading {
    /// The connection underneath; opaque outside this module.
    var connection: SQLConnection { get }
}

/// A connection inside a transaction.
///
/// Only `Storage` can look inside.
package struct SQLConnection {
    let database: Database
    let observer: (@Sendable (String) -> Void)?

    func statement(_ sql: String, _ arguments: [SQLValue]) throws -> Statement {
        observer?(sql)
        let statement = try database.cachedStatement(sql: NumberedParameters.translated(sql))
        if !arguments.isEmpty {
            // As existentials: GRDB maps values of one type through a key path, which it builds anew for every statement.
            let values = arguments.map { $0.databaseValue as (any DatabaseValueConvertible)? }
            try statement.setArguments(StatementArguments(values))
        }
        return statement
    }
}

extension SQLReading {
    /// Hands every row of the answer to `body`, in the statement's order, without keeping them.
    package func forEach(
        _ sql: String,
        _ arguments: [SQLValue] = [],
        _ body: (SQLRow) throws -> Void
    ) throws {
        let statement = try connection.statement(sql, arguments)
        let columns = ColumnPositions(statement)
        let cursor = try Row.fetchCursor(statement)
        while let row = try cursor.next() {
            columns.beginRow()
            try body(SQLRow(row: row, columns: columns))
        }
    }

    /// The mapped rows of the answer, in the statement's order.
    package func rows<T>(
        _ sql: String,
        _ arguments: [SQLValue] = [],
        _ map: (SQLRow) throws -> T
    ) throws -> [T] {
        var result: [T] = []
        try forEach(sql, arguments) { result.append(try map($0)) }
        return result
    }

    /// The first row of the answer, mapped; nil when there is none.
    package func first<T>(
        _ sql: String,
        _ arguments: [SQLValue] = [],
        _ map: (SQLRow) throws -> T
    ) throws -> T? {
        let statement = try connection.statement(sql, arguments)
        let cursor = try Row.fetchCursor(statement)
        guard let row = try cursor.next() else { return nil }
        return try map(SQLRow(row: row, columns: ColumnPositions(statement)))
    }
}

/// A consistent view of the store.
///
/// Valid only inside the closure of ``Store/read(_:)``.
package struct ReadTransaction: SQLReading {
    package let connection: SQLConnection
}

/// The one writer's transaction: all of it is committed, or none.
///
/// Valid only inside the closure of ``Store/write(durability:_:)``.
package struct WriteTransaction: SQLReading {
    package let connection: SQLConnection
    let news: CommitNews

    /// Has the commit wake those who wait for news of a log (``Store/commits(to:)``); a transaction that is undone wakes
    /// nobody, or for nothing.
    package func announce(_ log: String) { news.logs.insert(log) }

    /// Runs a statement and answers the number of rows it changed.
    @discardableResult
    package func execute(_ sql: String, _ arguments: [SQLValue] = []) throws -> Int {
        try connection.statement(sql, arguments).execute()
        return connection.database.changesCount
    }
}

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

    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .bytes(let value): Data(value).databaseValue
        }
    }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
}

/// Turns the parameters `$1`, `$2`, … that all databases understand into SQLite's `?1`, `?2`, …, which are bound by their
/// number and not in their order of appearance.
enum NumberedParameters {
    /// The program's statements are few; texts beyond this number are translated anew each time.
    private static let maximumKept = 2_000
    private static let kept = Mutex<[String: String]>([:])

    /// The statement with SQLite's parameters; text in quotes stays as it is.
    static func translated(_ sql: String) -> String {
        if let known = kept.withLock({ $0[sql] }) { return known }
        let result = translate(sql)
        kept.withLock { kept in
            if kept.count < maximumKept { kept[sql] = result }
        }
        return result
    }

    private static func translate(_ sql: String) -> String {
        var (result, isQuoted): ([UInt8], Bool) = ([], false)
        result.reserveCapacity(sql.utf8.count)
        for byte in sql.utf8 {
            if byte == UInt8(ascii: "'") { isQuoted.toggle() }
            result.append(byte == UInt8(ascii: "$") && !isQuoted ? UInt8(ascii: "?") : byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
