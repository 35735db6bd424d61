/// Why a call on the knowledge base could not be done.
package struct KnowledgeError: Error, Sendable, CustomStringConvertible {
    /// The kinds a caller may want to tell apart.
    package enum Code: String, Sendable {
        /// There is no such article or version, or the caller may not see it.
        case notFound
        /// The article has changed meanwhile, or is in the state already.
        case conflict
        /// An argument is not what it must be.
        case invalid
        /// The file, address or mapping could not be used.
        case unreadable
        /// The import was refused for what it would take away.
        case refused
    }

    /// The kind of failure.
    package let code: Code
    /// What is wrong, in words for the caller.
    package let message: String
    /// The argument at fault, as the caller knows it.
    package let argument: String?
    /// For a stale version: the one that the caller should have known.
    package let currentVersion: Int64?

    package init(_ code: Code, _ message: String, argument: String? = nil, currentVersion: Int64? = nil) {
        self.code = code
        self.message = message
        self.argument = argument
        self.currentVersion = currentVersion
    }

    package var description: String { message }
}
