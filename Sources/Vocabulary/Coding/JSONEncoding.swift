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
