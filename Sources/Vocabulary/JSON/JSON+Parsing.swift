extension JSON {
    /// The nesting that is accepted unless a caller says otherwise.
    public static let defaultMaximumDepth = 64

    /// Reads one JSON value from bytes, strictly by RFC 8259.
    ///
    /// Invalid UTF-8 is refused; half a surrogate pair in a `\u` escape is read as U+FFFD; of members with the same
    /// name the last one wins.
    ///
    /// - Parameters:
    ///   - bytes: The value in UTF-8 with optional white space around it.
    ///   - maximumDepth: The nesting that is accepted, at most 128.
    /// - Throws: ``JSONSyntaxError`` with the offset of the fault.
    public init(parsing bytes: [UInt8], maximumDepth: Int = defaultMaximumDepth) throws(JSONSyntaxError) {
        let result = bytes.withUnsafeBufferPointer { Self.parse($0, maximumDepth: maximumDepth) }
        self = try result.get()
    }

    /// Reads one JSON value from raw memory; see ``init(parsing:maximumDepth:)-([UInt8],_)``.
    public init(
        parsing bytes: UnsafeRawBufferPointer,
        maximumDepth: Int = defaultMaximumDepth
    ) throws(JSONSyntaxError) {
        let result = bytes.withMemoryRebound(to: UInt8.self) { Self.parse($0, maximumDepth: maximumDepth) }
        self = try result.get()
    }

    /// Reads one JSON value from text; see ``init(parsing:maximumDepth:)-([UInt8],_)``.
    public init(parsing text: String, maximumDepth: Int = defaultMaximumDepth) throws(JSONSyntaxError) {
        try self.init(parsing: Array(text.utf8), maximumDepth: maximumDepth)
    }

    private static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>,
        maximumDepth: Int
    ) -> Result<JSON, JSONSyntaxError> {
        var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
        do throws(JSONSyntaxError) {
            return .success(try parser.parse())
        } catch {
            return .failure(error)
        }
    }
}

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
