/// Why a model cannot be found, added or used.
package struct ModelError: Error, Sendable, CustomStringConvertible {
    /// The kinds of error.
    package enum Code: String, Sendable {
        /// There is no model of this name, or nothing at this path.
        case missing
        /// The model's files are damaged, foreign or beyond a limit.
        case broken
        /// The wheel is damaged, beyond a limit, or contains no model or several.
        case wheel
        /// A name that a model cannot have, or one that another model has.
        case name
        /// The vectors of the known sentences are absent, damaged or those of another model.
        case vectors
        /// A file cannot be written.
        case unwritable
    }

    package let code: Code
    /// What is wrong, in a sentence with the names of the model and its file.
    package let message: String
    /// The error behind it.
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message }
}
