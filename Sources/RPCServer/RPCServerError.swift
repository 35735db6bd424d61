/// Says why a server could not start.
package struct RPCServerError: Error {
    /// What kind of fault it is.
    package enum Code: Sendable, Equatable {
        /// The address is in use, unknown or not allowed.
        case address
        /// The certificate or its key cannot be used.
        case certificate
        /// A limit or an option is invalid.
        case configuration
    }

    /// What kind of fault it is.
    package let code: Code
    /// The fault in one sentence that names the address or the file.
    package let message: String
    /// The error below, if there is one.
    package let cause: (any Error)?

    /// Describes a fault.
    package init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}

extension RPCServerError: CustomStringConvertible {
    /// The fault in one sentence.
    package var description: String { message }
}
