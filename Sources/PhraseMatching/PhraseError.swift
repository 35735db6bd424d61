/// Why phrases could not be compiled.
package struct PhraseError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of error.
    package enum Code: String, Sendable {
        /// The pattern violates the notation.
        case malformedPattern
        /// The pattern, or the set of rules, exceeds the limits.
        case tooLarge
    }

    package let code: Code
    /// What is wrong, worded for the author of the pattern, with the pattern and the position.
    package let message: String
    /// The underlying error, if any.
    package let cause: (any Error)?

    package init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Compares code and message.
    package static func == (left: PhraseError, right: PhraseError) -> Bool {
        left.code == right.code && left.message == right.message
    }

    package var description: String { message }
}
