/// The error for a clock that is not trusted.
package struct ClockError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and how to resolve it.
    package let message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}
