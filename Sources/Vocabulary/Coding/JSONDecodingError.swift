/// Says which member of a value does not fit the type it was read as.
public struct JSONDecodingError: Error, Sendable, Hashable {
    /// What kind of fault it is.
    public enum Code: Sendable, Hashable {
        /// A required member is absent.
        case missing
        /// The value is of another kind or out of range.
        case mismatch
        /// The type has no member of this name.
        case unknownMember
    }

    /// What kind of fault it is.
    public let code: Code
    /// The member at fault, such as `params.tags[2]`; empty until it is known.
    public let path: String
    /// What would have been right, such as `a string`.
    public let expected: String

    /// Describes a fault.
    public init(code: Code, path: String, expected: String) {
        self.code = code
        self.path = path
        self.expected = expected
    }

    /// The error that the decoder of a value throws for it; the path is filled in on the way out.
    public static func expected(_ what: String) -> JSONDecodingError {
        JSONDecodingError(code: .mismatch, path: "", expected: what)
    }
}

extension JSONDecodingError: CustomStringConvertible {
    /// The member and what was expected.
    public var description: String { "\(path): expected \(expected)" }
}
