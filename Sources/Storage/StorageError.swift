/// What can go wrong between a module and the store.
package struct StorageError: Error, CustomStringConvertible {
    /// The kinds a caller may want to tell apart.
    package enum Code: String, Sendable {
        /// The folder, file or database could not be opened or created, or is not fit to be a store.
        case cannotOpen
        /// The store was written by a newer version of the program.
        case newerSchema
        /// Another process held the write lock for longer than the busy time-out, or too many wait.
        case busy
        /// The database server cannot be reached or has gone away; nothing was changed.
        case unavailable
        /// The database server was lost during a commit, and whether it has happened could not be found out.
        case outcomeUnknown
        /// No room is left on the device, or a file size limit was hit.
        case full
        /// A uniqueness, reference or check constraint was violated.
        case constraint
        /// The file is a database of another program, or has nothing in it.
        case foreign
        /// The file is not a database, or something in the database contradicts itself.
        case corrupt
        /// A text has a character that the database cannot keep, which is U+0000 only.
        case unstorable
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
