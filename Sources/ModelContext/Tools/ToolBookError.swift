/// A mistake in a file of tools.
package struct ToolBookError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, as the caller named it.
    package let file: String
    /// The line, from 1; 0 for the whole file.
    package let line: Int
    /// The column, from 1; 0 for the whole line.
    package let column: Int
    /// What is wrong and what is expected.
    package let message: String

    /// The place and the mistake in the form that editors understand.
    package var description: String { "\(file):\(line):\(column): \(message)" }
}
