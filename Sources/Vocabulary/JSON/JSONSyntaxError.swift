/// Says why bytes are not the JSON that was asked for.
public struct JSONSyntaxError: Error, Sendable, Equatable {
    /// What kind of fault it is.
    public enum Code: Sendable, Equatable {
        /// The bytes do not follow RFC 8259.
        case syntax
        /// The value is well formed as far as it was read but goes over a limit.
        case limit
    }

    /// What kind of fault it is.
    public let code: Code
    /// The fault in words.
    public let message: String
    /// Where reading stopped, in bytes from the start.
    public let offset: Int

    /// Describes a fault.
    public init(code: Code, message: String, offset: Int) {
        self.code = code
        self.message = message
        self.offset = offset
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    /// The fault and where it is.
    public var description: String { "\(message) at byte \(offset)" }
}
