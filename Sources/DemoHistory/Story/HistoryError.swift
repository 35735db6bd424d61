/// A story that cannot be told, or a history that cannot be written, in a sentence.
package struct HistoryError: Error, Sendable, Hashable, CustomStringConvertible {
    package let message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}
