/// An error in a definition of a measure, or of a question about one.
package struct MeasureError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of error.
    package enum Code: Sendable, Hashable {
        /// The definition has mistakes, which the findings locate, or an argument cannot be used.
        case invalid
        /// The measure or version does not exist, or the caller may not see it.
        case notFound
        /// The requested version is already in force.
        case conflict
    }

    /// A mistake in a file.
    package struct Finding: Sendable, Hashable, CustomStringConvertible {
        /// The file, as named by the caller.
        package let file: String
        /// The line, from 1; 0 for the whole file.
        package let line: Int
        /// The column, from 1; 0 for the whole line.
        package let column: Int
        /// What is wrong and what is expected.
        package let message: String

        /// The place and the mistake in the format that editors recognise.
        package var description: String { "\(file):\(line):\(column): \(message)" }
    }

    package let code: Code
    /// What is wrong, worded for a person.
    package let message: String
    /// The argument at fault, under its name on the wire.
    package let argument: String?
    /// The mistakes of a file, in order.
    package let findings: [Finding]

    package init(_ code: Code, _ message: String, argument: String? = nil) {
        (self.code, self.message, self.argument, findings) = (code, message, argument, [])
    }

    init(findings: [Finding]) {
        (code, message, argument) = (.invalid, "the definition of the measure has errors", "source")
        self.findings = findings
    }

    /// The mistakes, one per line, or the message if there are none.
    package var description: String {
        findings.isEmpty ? message : findings.map(\.description).joined(separator: "\n")
    }
}
