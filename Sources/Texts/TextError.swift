import Yams

/// Why a file of texts cannot be used, or what cannot be done with texts.
package struct TextError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: Sendable, Hashable {
        /// The file is wrong; the findings say where.
        case invalid
        /// There is no such language, or no such version.
        case notFound
        /// The version asked for is in force.
        case conflict
    }

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

    /// What kind of failure it is.
    package let code: Code
    /// What happened, for a person.
    package let message: String
    /// The argument at fault, as the wire names it.
    package let argument: String?
    /// The mistakes of a file, in its order.
    package let findings: [Finding]

    package init(_ code: Code, _ message: String, argument: String? = nil) {
        (self.code, self.message, self.argument, findings) = (code, message, argument, [])
    }

    init(findings: [Finding]) {
        (code, message, argument, self.findings) = (.invalid, "the texts cannot be used", "source", findings)
    }

    init(_ file: String, _ message: String, at node: Node? = nil) {
        let mark = node?.mark
        self.init(findings: [Finding(file: file, line: mark?.line ?? 0, column: mark?.column ?? 0, message: message)])
    }

    /// The mistakes, one a line; without any the message.
    package var description: String {
        findings.isEmpty ? message : findings.map(\.description).joined(separator: "\n")
    }
}
