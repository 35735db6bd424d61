internal import GRDB

/// What can go wrong between a module and the store.
package struct StorageError: Error, CustomStringConvertible {
    /// The kinds a caller may want to tell apart.
    package enum Code: String, Sendable {
        /// The folder or file could not be opened or created.
        case cannotOpen
        /// The folder was written by a newer version of the program.
        case newerSchema
        /// Another process held the write lock for longer than the busy time-out.
        case busy
        /// No room is left on the device, or a file size limit was hit.
        case full
        /// A uniqueness, reference or check constraint was violated.
        case constraint
        /// The file is a database of another program, or has nothing in it.
        case foreign
        /// The file is not a database or its pages contradict each other.
        case corrupt
        /// A statement, an argument or a row was not what the caller said it was.
        case statement
    }

    /// The kind of failure.
    package let code: Code
    /// What happened, in words that can be logged; never holds values of rows.
    package let message: String
    /// The error underneath, when there is one.
    package let cause: (any Error)?

    package init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message }
}

extension Store {
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

extension RawRepresentable<String> {
    /// The case under whose raw value something is stored.
    ///
    /// - Parameters:
    ///   - text: what is stored.
    ///   - what: what it is, such as “the status of a request”; for the message.
    /// - Throws: ``StorageError`` `corrupt`, naming the value, for one that this program does not know: a default in its
    ///   place would say something that nobody has stored.
    package init(stored text: String, as what: String) throws(StorageError) {
        guard let value = Self(rawValue: text) else {
            throw StorageError(code: .corrupt, message: "\(what) is stored as “\(text.prefix(64))”, which is not known")
        }
        self = value
    }
}
