/// The reason why a token was not created or accepted.
package struct AccessError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds a caller may want to tell apart.
    package enum Code: String, Sendable {
        /// The token is unknown, expired or revoked; which of them is not said.
        case unauthenticated
        /// The session of a browser is over, as sessions are sooner or later.
        case ended
        /// A subject, role, attribute or expiry is not what it must be.
        case invalid
        /// There is no token with this id.
        case notFound
    }

    /// The kind of failure.
    package let code: Code
    /// What is wrong, in words for the caller.
    package let message: String
    /// Details for the log that the caller is not told.
    package let detail: String?

    package init(code: Code, message: String, detail: String? = nil) {
        self.code = code
        self.message = message
        self.detail = detail
    }

    package var description: String { message }
}
