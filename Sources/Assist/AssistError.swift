/// An error of the assistant.
package struct AssistError: Error, Sendable, CustomStringConvertible {
    /// The kinds of error that callers distinguish.
    package enum Code: Sendable {
        /// The thing does not exist, or the caller may not see it.
        case notFound
        /// An argument is of the wrong type or out of range.
        case invalid
    }

    package let code: Code
    /// What is wrong, worded for a person.
    package let message: String
    /// The argument at fault, under its name on the wire.
    package let argument: String?

    package init(_ code: Code, _ message: String, argument: String? = nil) {
        self.code = code
        self.message = message
        self.argument = argument
    }

    package var description: String { message }
}
