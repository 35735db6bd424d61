/// What a resolution cannot do.
package struct ResolutionError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: Sendable {
        /// There is no such thing, or the caller may not see it.
        case notFound
        /// It stands against what is stored: a stale revision, a key with another body.
        case conflict
        /// An argument is of the wrong kind or out of range.
        case invalid
        /// The caller's authority does not reach.
        case forbidden
    }

    /// What kind of failure it is.
    package let code: Code
    /// What happened, for a person.
    package let message: String
    /// The argument at fault, as the wire names it.
    package let argument: String?
    /// What the argument may be; the message, unless there is something shorter to say.
    package let expected: String?

    package init(_ code: Code, _ message: String, argument: String? = nil, expected: String? = nil) {
        self.code = code
        self.message = message
        self.argument = argument
        self.expected = expected
    }

    package var description: String { message }
}
