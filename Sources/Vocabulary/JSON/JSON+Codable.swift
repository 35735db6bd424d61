extension JSON: Codable {
    /// Takes the value as it stands; only ``JSONDecoding`` can do that.
    ///
    /// - Throws: `DecodingError` from any other decoder.
    public init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? ValueDecoder else {
            let context = DecodingError.Context(
                codingPath: decoder.codingPath,
                debugDescription: "JSON is read by JSONDecoding only"
            )
            throw DecodingError.dataCorrupted(context)
        }
        decoder.acceptEveryMember()
        self = decoder.json
    }

    /// Writes the value as it stands; only ``JSONEncoding`` can do that.
    ///
    /// - Throws: `EncodingError` from any other encoder.
    public func encode(to encoder: any Encoder) throws {
        guard let encoder = encoder as? ValueEncoder else {
            let context = EncodingError.Context(
                codingPath: encoder.codingPath,
                debugDescription: "JSON is written by JSONEncoding only"
            )
            throw EncodingError.invalidValue(self, context)
        }
        encoder.set(self)
    }
}
