import Foundation
internal import GRDB
internal import GRDBSQLite
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
    /// The connection's statements by the addresses of their texts; nil for a connection of another thread.
    let prepared: PreparedStatements?

    /// SQLite copies what it is told to use so.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// A statement that changes rows, with its arguments.
    func change(_ sql: String, _ arguments: [SQLValue]) throws -> Statement {
        observer?(sql)
        let statement = try database.cachedStatement(sql: NumberedParameters.translated(sql))
        if !arguments.isEmpty {
            // As existentials: GRDB maps values of one type through a key path, which it builds anew for every statement.
            let values = arguments.map { $0.databaseValue as (any DatabaseValueConvertible)? }
            try statement.setArguments(StatementArguments(values))
        }
        return statement
    }

    /// Runs a statement that answers rows, and hands each to `body` until that returns false.
    ///
    /// Rows and arguments go past GRDB's own, which cost several times what a look-up costs.
    func answer(_ sql: String, _ arguments: [SQLValue], _ body: (SQLRow) throws -> Bool) throws {
        observer?(sql)
        let statement = try statement(sql)
        try withExtendedLifetime(statement) {
            let handle = statement.sqliteStatement
            // SQLite undoes a whole transaction by itself when the disk is full; what follows must not run outside of it.
            guard sqlite3_get_autocommit(database.sqliteConnection) == 0 else {
                throw DatabaseError(resultCode: .SQLITE_ABORT, message: "the transaction was aborted", sql: sql)
            }
            guard Int(sqlite3_bind_parameter_count(handle)) == arguments.count else {
                let message = "wrong number of arguments: \(arguments.count)"
                throw DatabaseError(resultCode: .SQLITE_MISUSE, message: message, sql: sql)
            }
            sqlite3_reset(handle)
            defer { sqlite3_reset(handle) }
            for index in arguments.indices {
                try check(Self.bind(arguments[index], to: handle, at: CInt(index + 1)), sql)
            }
            let columns = ColumnPositions(handle)
            while true {
                let code = sqlite3_step(handle)
                if code == SQLITE_DONE { return }
                guard code == SQLITE_ROW else { return try check(code, sql) }
                columns.beginRow()
                guard try body(SQLRow(statement: handle, columns: columns)) else { return }
            }
        }
    }

    private func statement(_ sql: String) throws -> Statement {
        if let known = prepared?.statement(sql) { return known }
        let statement = try database.cachedStatement(sql: NumberedParameters.translated(sql))
        prepared?.keep(statement, for: sql)
        return statement
    }

    private func check(_ code: CInt, _ sql: String) throws {
        guard code != SQLITE_OK else { return }
        let message = String(cString: sqlite3_errmsg(database.sqliteConnection))
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: sql)
    }

    private static func bind(_ value: SQLValue, to statement: OpaquePointer, at place: CInt) -> CInt {
        switch value {
        case .null: sqlite3_bind_null(statement, place)
        case .integer(let integer): sqlite3_bind_int64(statement, place, integer)
        case .real(let number): sqlite3_bind_double(statement, place, number)
        case .text(let text): sqlite3_bind_text(statement, place, text, -1, copied)
        case .bytes(let bytes):
            bytes.isEmpty
                ? sqlite3_bind_zeroblob(statement, place, 0)
                : sqlite3_bind_blob(statement, place, bytes, CInt(bytes.count), copied)
        }
    }
}

/// The statements of one connection, found by the address of their text: a long statement takes as long to hash as to run.
///
/// Belongs to the thread of the connection, which empties it before the connection closes.
final class PreparedStatements {
    private struct Entry {
        /// Kept, so that no other text can come to stand at its address.
        let text: String
        let statement: Statement
    }

    /// With more texts than these all are forgotten: some texts are made anew for every call.
    private static let maximumKept = 512
    /// Shorter texts may stand in the string itself, at no address of their own.
    private static let minimumLength = 16

    private var entries: [UnsafeRawPointer: Entry] = [:]

    /// The statement of a text; nil if it is not known at its address.
    func statement(_ sql: String) -> Statement? {
        guard let address = Self.address(of: sql), let entry = entries[address],
            entry.text.utf8.count == sql.utf8.count
        else { return nil }
        return entry.statement
    }

    /// Keeps the statement of a text.
    func keep(_ statement: Statement, for sql: String) {
        guard let address = Self.address(of: sql) else { return }
        if entries.count >= Self.maximumKept { entries = [:] }
        entries[address] = Entry(text: sql, statement: statement)
    }

    /// Forgets every statement.
    func removeAll() { entries = [:] }

    private static func address(of text: String) -> UnsafeRawPointer? {
        guard text.utf8.count >= minimumLength else { return nil }
        return text.utf8.withContiguousStorageIfAvailable { UnsafeRawPointer($0.baseAddress) } ?? nil
    }
}

extension SQLReading {
    /// Hands every row of the answer to `body`, in the statement's order, without keeping them.
    package func forEach(
        _ sql: String,
        _ arguments: [SQLValue] = [],
        _ body: (SQLRow) throws -> Void
    ) throws {
        try connection.answer(sql, arguments) { row in
            try body(row)
            return true
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
        var result: T?
        try connection.answer(sql, arguments) { row in
            result = try map(row)
            return false
        }
        return result
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
        try connection.change(sql, arguments).execute()
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
