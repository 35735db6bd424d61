/// An error in the rules of sign-in, or of somebody's sign-in by an issuer.
package struct SignInError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of error.
    package enum Code: Sendable, Hashable {
        /// The file has mistakes, which the findings locate.
        case invalid
        /// The version does not exist.
        case notFound
        /// The version is in force already.
        case conflict
        /// The issuer vouches for somebody whom the rules do not let in.
        case refused
        /// The sign-in is unknown, was finished already, took too long, or was begun by another browser.
        case stale
        /// The issuer cannot be reached, or its keys are not known yet.
        case unavailable
        /// The issuer answers otherwise than OpenID Connect prescribes.
        case issuer
    }

    package let code: Code
    /// What is wrong, worded for a person.
    package let message: String
    /// The argument at fault, under its name on the wire.
    package let argument: String?
    /// The mistakes of a file, in order.
    package let findings: [SignInFinding]

    package init(_ code: Code, _ message: String, argument: String? = nil) {
        (self.code, self.message, self.argument, findings) = (code, message, argument, [])
    }

    init(findings: [SignInFinding]) {
        (code, message, argument, self.findings) = (.invalid, "the rules of sign-in have errors", "source", findings)
    }

    /// The mistakes, one per line, or the message if there are none.
    package var description: String {
        findings.isEmpty ? message : findings.map(\.description).joined(separator: "\n")
    }
}

/// A mistake in the rules of sign-in, with its place.
package struct SignInFinding: Error, Sendable, Hashable, CustomStringConvertible {
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
