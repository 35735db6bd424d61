internal import GRDB
internal import Storage

/// Errors of the database library in the words of the store.
enum SQLiteError {
    /// Errors of the database library become ``StorageError``; a module's own errors pass unchanged.
    static func translated(_ error: any Error, opening path: String? = nil) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let code: StorageError.Code =
            switch error.resultCode.primaryResultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_FULL, .SQLITE_IOERR: .full
            case .SQLITE_CONSTRAINT: .constraint
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
            case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY: .cannotOpen
            default: .statement
            }
        let place = path.map { " (\($0))" } ?? ""
        let reason =
            code == .busy
            ? "another process is writing to the data folder; try again" : error.message ?? "database error"
        return StorageError(code: code, message: reason + place, cause: error)
    }
}
