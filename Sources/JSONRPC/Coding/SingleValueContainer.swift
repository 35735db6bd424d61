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

    func decode(_ type: Int.Type) throws -> Int {
        try Scalars.integer(decoder.json, at: decoder.path)
    }

    func decode(_ type: Int8.Type) throws -> Int8 {
        try Scalars.integer(decoder.json, at: decoder.path)
    }

    func decode(_ type: Int16.Type) throws -> Int16 {
        try Scalars.integer(decoder.json, at: decoder.path)
    }

    func decode(_ type: Int32.Type) throws -> Int32 {
        try Scalars.integer(decoder.json, at: decoder.path)
    }

    func decode(_ type: Int64.Type) throws -> Int64 {
        try Scalars.integer(decoder.json, at: decoder.path)
    }

    func decode(_ type: UInt.Type) throws -> UInt {
        try Scalars.integer(decoder.json, at: decoder.path)
    }

    func decode(_ type: UInt8.Type) throws -> UInt8 {
        try Scalars.integer(decoder.json, at: decoder.path)
    }

    func decode(_ type: UInt16.Type) throws -> UInt16 {
        try Scalars.integer(decoder.json, at: decoder.path)
    }

    func decode(_ type: UInt32.Type) throws -> UInt32 {
        try Scalars.integer(decoder.json, at: decoder.path)
    }

    func decode(_ type: UInt64.Type) throws -> UInt64 {
        try Scalars.integer(decoder.json, at: decoder.path)
    }
}
