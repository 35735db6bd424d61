/// Reads Swift values from JSON values.
///
/// Members are matched by ``WireNames``; an absent optional member and one that is `null` are the same. Members the
/// type does not know are refused unless asked otherwise. A type that needs the value as it stands decodes ``JSON``.
public enum JSONDecoding {
    /// Reads a value of a type.
    ///
    /// - Parameters:
    ///   - type: The type to read.
    ///   - json: The value to read from.
    ///   - root: What the value is called in errors.
    ///   - refusingUnknownMembers: Whether a member that the type does not know is an error.
    /// - Returns: The value.
    /// - Throws: ``JSONDecodingError`` with the path of the member at fault.
    public static func decode<T: Decodable>(
        _ type: T.Type,
        from json: JSON,
        root: String = "params",
        refusingUnknownMembers: Bool = true
    ) throws(JSONDecodingError) -> T {
        do {
            return try ValueDecoder.value(of: type, from: json, at: .root(root), strict: refusingUnknownMembers)
        } catch let error as JSONDecodingError {
            throw error
        } catch {
            throw JSONDecodingError(code: .mismatch, path: root, expected: Expectation.text(for: type))
        }
    }
}

/// Writes Swift values as JSON values.
///
/// Members are named by ``WireNames`` and keep the order of the properties; an optional that is nil is left out.
public enum JSONEncoding {
    /// Writes a value.
    ///
    /// - Throws: `EncodingError` for a number that is not finite, or what the value's own `encode(to:)` throws.
    public static func encode(_ value: some Encodable) throws -> JSON {
        try ValueEncoder.json(of: value)
    }
}

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

    /// The same for a member of the value; the path up to the value is added later.
    public static func expected(_ what: String, of member: String) -> JSONDecodingError {
        JSONDecodingError(code: .mismatch, path: "." + member, expected: what)
    }
}

extension JSONDecodingError: CustomStringConvertible {
    /// The member and what was expected.
    public var description: String { "\(path): expected \(expected)" }
}

/// Where a value stands inside another; turned into text only when something is wrong there.
indirect enum JSONPath {
    case root(String)
    case member(JSONPath, String)
    case element(JSONPath, Int)

    /// The place as `params.tags[2]`.
    var text: String {
        switch self {
        case .root(let name): name
        case .member(let parent, let name): parent.text + "." + name
        case .element(let parent, let index): parent.text + "[\(index)]"
        }
    }

    /// The fault of finding something else here.
    func mismatch(_ expected: String) -> JSONDecodingError {
        JSONDecodingError(code: .mismatch, path: text, expected: expected)
    }
}
