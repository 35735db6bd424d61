import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Storage
import Synchronization

/// Runs statements on one connection.
///
/// Answers are bound and stepped past GRDB, whose rows and arguments cost several times what a look-up costs. Texts and bytes of a
/// row stay where SQLite has them until somebody reads them.
final class SQLiteRunner: SQLRunner {
    private let database: Database
    private let observer: (@Sendable (String) -> Void)?
    private let prepared: PreparedStatements?

    /// SQLite copies what it is told to use so.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// `prepared` has the statements of the connection, if the calling thread owns it.
    init(_ database: Database, _ observer: (@Sendable (String) -> Void)?, _ prepared: PreparedStatements? = nil) {
        (self.database, self.observer, self.prepared) = (database, observer, prepared)
    }

    var keepsFiles: Bool { true }

    func query(
        _ sql: String,
        _ arguments: [SQLValue],
        _ extent: SQLExtent,
        _ body: (SQLRow) throws -> Bool
    ) throws {
        observer?(sql)
        let statement = try statement(sql)
        try withExtendedLifetime(statement) {
            let handle = statement.handle
            // SQLite undoes a whole transaction by itself when the disk is full; what follows must not run outside of it.
            guard sqlite3_get_autocommit(database.sqliteConnection) == 0 else {
                throw DatabaseError(resultCode: .SQLITE_ABORT, message: "the transaction was aborted", sql: sql)
            }
            try bind(arguments, to: handle, sql)
            defer { sqlite3_reset(handle) }
            let (columns, count) = (ColumnPositions(statement), Int(sqlite3_column_count(handle)))
            try withUnsafeTemporaryAllocation(of: SQLCell.self, capacity: max(count, 1)) { cells in
                guard let start = cells.baseAddress else { return }
                while true {
                    let code = sqlite3_step(handle)
                    if code == SQLITE_DONE { return }
                    guard code == SQLITE_ROW else { return try check(code, sql) }
                    for column in 0..<count { (start + column).initialize(to: Self.cell(handle, CInt(column))) }
                    columns.beginRow()
                    guard try body(SQLRow(start, columns)) else { return }
                }
            }
        }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try change(sql, arguments).execute()
        return database.changesCount
    }

    func post(_ sql: String, _ arguments: [SQLValue]) throws { try change(sql, arguments).execute() }

    /// A statement that changes rows, with its arguments.
    private func change(_ sql: String, _ arguments: [SQLValue]) throws -> Statement {
        observer?(sql)
        let statement = try database.cachedStatement(sql: NumberedParameters.translated(sql))
        if !arguments.isEmpty {
            // As existentials: GRDB maps values of one type through a key path, which it builds anew for every statement.
            let values = arguments.map { $0.databaseValue as (any DatabaseValueConvertible)? }
            try statement.setArguments(StatementArguments(values))
        }
        return statement
    }

    private func statement(_ sql: String) throws -> PreparedStatement {
        if let known = prepared?.statement(sql) { return known }
        let statement = try database.cachedStatement(sql: NumberedParameters.translated(sql))
        let result = PreparedStatement(statement)
        prepared?.keep(result, for: sql)
        return result
    }

    private func bind(_ arguments: [SQLValue], to handle: OpaquePointer, _ sql: String) throws {
        guard Int(sqlite3_bind_parameter_count(handle)) == arguments.count else {
            let message = "wrong number of arguments: \(arguments.count)"
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: message, sql: sql)
        }
        sqlite3_reset(handle)
        for index in arguments.indices {
            try check(Self.bind(arguments[index], to: handle, at: CInt(index + 1)), sql)
        }
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

    private static func cell(_ statement: OpaquePointer, _ column: Int32) -> SQLCell {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            // The length is asked for after the text, as the library wants it.
            .text(bytes(sqlite3_column_text(statement, column), sqlite3_column_bytes(statement, column)))
        default:
            .bytes(
                bytes(
                    sqlite3_column_blob(statement, column)?.assumingMemoryBound(to: UInt8.self),
                    sqlite3_column_bytes(statement, column)
                )
            )
        }
    }

    private static func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int32) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(count))
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .bytes(let value): Data(value).databaseValue
        }
    }
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
