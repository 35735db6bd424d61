/// Why a file of signals cannot be used: every mistake with its place.
package struct SignalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One mistake.
    package struct Finding: Sendable, Hashable, CustomStringConvertible {
        /// The file, as it was named.
        package let file: String
        /// The line, from 1; 0 where the file as a whole is meant.
        package let line: Int
        /// The column, from 1; 0 where the line as a whole is meant.
        package let column: Int
        /// What is wrong and what is expected.
        package let message: String

        /// The place and the mistake in the form that editors understand.
        package var description: String { "\(file):\(line):\(column): \(message)" }
    }

    /// The mistakes, in the order of the file.
    package let findings: [Finding]

    /// The mistakes, one a line.
    package var description: String { findings.map(\.description).joined(separator: "\n") }
}
