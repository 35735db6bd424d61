/// The clock cannot be relied on.
package struct ClockError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and the way back.
    package let message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}
