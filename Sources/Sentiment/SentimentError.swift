/// Why a sentiment model or a labelled file could not be used.
package struct SentimentError: Error, Sendable, CustomStringConvertible {
    /// The kinds of error.
    package enum Code: String, Sendable {
        /// The bytes are not a model of this version.
        case malformedModel
        /// A labelled file has no such column, or a row that cannot be read.
        case malformedTable
    }

    package let code: Code
    /// What is wrong, worded for a person; for files with line and column.
    package let message: String
    /// The underlying error, if any.
    package let cause: (any Error)?

    package init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message }
}
