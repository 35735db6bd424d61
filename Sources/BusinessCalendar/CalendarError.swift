/// An error in a calendar, or of an operation on its versions.
package struct CalendarError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of error.
    package enum Code: Sendable, Hashable {
        /// The file has mistakes, which the findings locate.
        case invalid
        /// The version does not exist.
        case notFound
        /// The version is already in force.
        case conflict
        /// A freeze forbids the release.
        case frozen
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
        (code, message, argument, self.findings) = (.invalid, "the calendar has errors", "source", findings)
    }

    /// The refusal of a release during a freeze.
    ///
    /// It names the reason and the end, and the member that overrides it.
    package init(_ freeze: Freeze, of release: Freeze.Release) {
        self.init(
            .frozen,
            "\(release.rawValue) may not be released until \(freeze.to): \(freeze.reason)",
            argument: "force"
        )
    }

    /// The mistakes, one per line, or the message if there are none.
    package var description: String {
        findings.isEmpty ? message : findings.map(\.description).joined(separator: "\n")
    }
}
