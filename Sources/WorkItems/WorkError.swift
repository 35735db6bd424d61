/// Why something cannot be done with an item of work.
package struct WorkError: Error, Sendable, CustomStringConvertible {
    /// The kinds of error that callers distinguish.
    package enum Code: Sendable {
        /// The item, kind or version does not exist, or the caller may not see it.
        case notFound
        /// The call contradicts the stored state: a stale revision, an owner, a key with another body.
        case conflict
        /// An argument is of the wrong type or out of range.
        case invalid
        /// The caller may see the item and not change it in this way.
        case forbidden
    }

    /// What kind of error it is.
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
