/// An error of a script or a session.
package struct ScriptError: Error, Sendable, CustomStringConvertible {
    /// The kinds of error that callers distinguish.
    package enum Code: Sendable {
        /// The script, version or session does not exist, or the caller may not see it.
        case notFound
        /// The call contradicts the stored state, for example a stale revision or a key reused with another body.
        case conflict
        /// An argument is of the wrong type or out of range.
        case invalid
        /// The caller is not authorised.
        case forbidden
    }

    package let code: Code
    /// What is wrong, worded for a person.
    package let message: String
    /// The argument at fault, under its name on the wire.
    package let argument: String?
    /// All findings, if there are several.
    package let details: [String]
    /// For a stale revision: the current one.
    package let currentRevision: Int64?

    package init(
        _ code: Code,
        _ message: String,
        argument: String? = nil,
        details: [String] = [],
        currentRevision: Int64? = nil
    ) {
        self.code = code
        self.message = message
        self.argument = argument
        self.details = details
        self.currentRevision = currentRevision
    }

    package var description: String { ([message] + details).joined(separator: "\n") }
}
