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
