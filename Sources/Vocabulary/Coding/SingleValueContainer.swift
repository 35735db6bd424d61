/// Reads a value that is neither an object nor an array, or one whose type reads another in its place.
struct SingleValueContainer: SingleValueDecodingContainer {
    let decoder: ValueDecoder

    let codingPath: [any CodingKey] = []

    func decodeNil() -> Bool {
        decoder.json.isNull
    }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try ValueDecoder.value(of: type, from: decoder.json, at: decoder.path, strict: decoder.strict)
    }

    func decode(_ type: Bool.Type) throws -> Bool {
        try Scalars.bool(decoder.json, at: decoder.path)
    }

    func decode(_ type: String.Type) throws -> String {
        try Scalars.string(decoder.json, at: decoder.path)
    }

    func decode(_ type: Double.Type) throws -> Double {
        try Scalars.double(decoder.json, at: decoder.path)
    }

    func decode(_ type: Float.Type) throws -> Float {
        try Float(Scalars.double(decoder.json, at: decoder.path))
    }

    func decode<I: FixedWidthInteger & Decodable>(_ type: I.Type) throws -> I {
        try Scalars.integer(decoder.json, at: decoder.path)
    }
}
