/// Why an archive, or the file in it, could not be read.
package struct ZIPError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: String, Sendable {
        /// The file cannot be opened or read.
        case unreadable
        /// It is no ZIP archive, or one that was cut off or damaged.
        case damaged
        /// The archive does not hold a file of the name.
        case missing
        /// The file in it needs a password.
        case encrypted
        /// A limit of ``ZIPLimits`` was passed.
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
