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
