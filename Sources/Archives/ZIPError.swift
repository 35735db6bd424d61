/// Why an archive or a file in it could not be read.
package struct ZIPError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of error.
    package enum Code: String, Sendable {
        /// The file cannot be opened or read.
        case unreadable
        /// The file is not a ZIP archive, or is truncated or damaged.
        case damaged
        /// The archive does not contain a file with this name.
        case missing
        /// The file in the archive requires a password.
        case encrypted
        /// A limit of ``ZIPLimits`` was exceeded.
        case limit
    }

    package var code: Code
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
