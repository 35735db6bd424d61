internal import GRDB
internal import GRDBSQLite
internal import Storage

/// A statement that answers rows, with the names of its columns.
final class PreparedStatement: ColumnNames {
    /// SQLite's own.
    let handle: OpaquePointer
    private let statement: Statement

    init(_ statement: Statement) { (self.statement, handle) = (statement, statement.sqliteStatement) }

    /// The column of a name, in letters of any case.
    func index(ofColumn name: UnsafePointer<CChar>, from start: Int) -> Int? {
        let count = Int(sqlite3_column_count(handle))
        for offset in 0..<count {
            let position = (start + offset) % count
            if sqlite3_stricmp(sqlite3_column_name(handle, CInt(position)), name) == 0 { return position }
        }
        return nil
    }
}

/// The statements of one connection, found by the address of their text: a long statement takes as long to hash as to run.
///
/// Belongs to the thread of the connection, which empties it before the connection closes.
final class PreparedStatements {
    private struct Entry {
        /// Kept, so that no other text can come to stand at its address.
        let text: String
        let statement: PreparedStatement
    }

    /// With more texts than these all are forgotten: some texts are made anew for every call.
    private static let maximumKept = 512
    /// Shorter texts may stand in the string itself, at no address of their own.
    private static let minimumLength = 16

    private var entries: [UnsafeRawPointer: Entry] = [:]

    /// The statement of a text; nil if it is not known at its address.
    func statement(_ sql: String) -> PreparedStatement? {
        guard let address = Self.address(of: sql), let entry = entries[address],
            entry.text.utf8.count == sql.utf8.count
        else { return nil }
        return entry.statement
    }

    /// Keeps the statement of a text.
    func keep(_ statement: PreparedStatement, for sql: String) {
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
