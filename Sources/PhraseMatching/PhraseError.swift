/// Why phrases could not be compiled.
package struct PhraseError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of fault it is.
    package enum Code: String, Sendable {
        /// The pattern breaks the notation.
        case malformedPattern
        /// The pattern, or the set of rules, is larger than the limits.
        case tooLarge
    }

    /// What kind of fault it is.
    package let code: Code
    /// What is wrong, for the person who wrote the pattern; names the pattern and the position.
    package let message: String
    /// The error underneath, if any.
    package let cause: (any Error)?

    /// Creates an error.
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
