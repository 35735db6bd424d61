/// Why an index could not be saved or loaded.
package struct SearchError: Error, CustomStringConvertible {
    /// What went wrong.
    package enum Code: String, Sendable {
        /// There is no file at the path.
        case missing
        /// The file system refused; `message` says how.
        case inputOutput
        /// The file is not an index, is cut short or fails its checksum.
        case damaged
        /// The file was written by another version or with other tuning: build the index anew.
        case otherVersion
    }

    /// What went wrong.
    package let code: Code
    /// A sentence for the operator.
    package let message: String
    /// The error beneath, where there is one.
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message }
}
