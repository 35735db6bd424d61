/// An error in the file of webhooks, or of an operation on them.
package struct WebhookError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of error.
    package enum Code: Sendable, Hashable {
        /// The file has mistakes, which the findings locate.
        case invalid
        /// The version, hook or delivery does not exist.
        case notFound
        /// The version is already in force, or the hook cannot do this in its state.
        case conflict
    }

    package let code: Code
    /// What is wrong, worded for a person.
    package let message: String
    /// The argument at fault, under its name on the wire.
    package let argument: String?
    /// The mistakes of a file, in order.
    package let findings: [WebhookFinding]

    package init(_ code: Code, _ message: String, argument: String? = nil) {
        (self.code, self.message, self.argument, findings) = (code, message, argument, [])
    }

    init(findings: [WebhookFinding]) {
        (code, message, argument, self.findings) = (.invalid, "the webhooks have errors", "source", findings)
    }

    /// The mistakes, one per line, or the message if there are none.
    package var description: String {
        findings.isEmpty ? message : findings.map(\.description).joined(separator: "\n")
    }
}

/// A mistake in the file of webhooks, with its place.
package struct WebhookFinding: Error, Sendable, Hashable, CustomStringConvertible {
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
