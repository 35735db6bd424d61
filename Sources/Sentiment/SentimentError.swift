/// Why a sentiment model or a labelled file could not be used.
package struct SentimentError: Error, Sendable, CustomStringConvertible {
    /// What kind of fault it is.
    package enum Code: String, Sendable {
        /// The bytes are no model of this version.
        case malformedModel
        /// A labelled file has no such column, or a row that cannot be read.
        case malformedTable
    }

    /// What kind of fault it is.
    package let code: Code
    /// What is wrong, for a person; files name line and column.
    package let message: String
    /// The error underneath, if any.
    package let cause: (any Error)?

    /// Creates an error.
    package init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message }
}
