/// An error of the knowledge base.
package struct KnowledgeError: Error, Sendable, CustomStringConvertible {
    /// The kinds of error that callers distinguish.
    package enum Code: String, Sendable {
        /// The article or version does not exist, or the caller may not see it.
        case notFound
        /// The article has changed in the meantime, or is already in the requested state.
        case conflict
        /// An argument is invalid.
        case invalid
        /// The file, address or mapping cannot be used.
        case unreadable
        /// The import was refused because it would remove too much.
        case refused
        /// What is asked for needs a part that is not there.
        case unavailable
    }

    package let code: Code
    /// What is wrong, worded for the caller.
    package let message: String
    /// The argument at fault, under the name the caller uses.
    package let argument: String?
    /// For a conflict of versions: the version in force.
    package let currentVersion: Int64?

    package init(_ code: Code, _ message: String, argument: String? = nil, currentVersion: Int64? = nil) {
        self.code = code
        self.message = message
        self.argument = argument
        self.currentVersion = currentVersion
    }

    package var description: String { message }
}
