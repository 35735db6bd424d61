/// Why an index could not be saved or loaded.
package struct SearchError: Error, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: String, Sendable {
        /// There is no file at the path.
        case missing
        /// A file system error, described by `message`.
        case inputOutput
        /// The file is not an index, is truncated or fails its checksum.
        case damaged
        /// The file was written by another version or with other tuning: rebuild the index.
        case otherVersion
    }

    package let code: Code
    /// A description for the operator.
    package let message: String
    /// The underlying error, if any.
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message }
}
