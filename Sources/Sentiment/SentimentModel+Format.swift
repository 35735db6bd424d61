extension SentimentModel {
    private static let magic: UInt32 = 0x314D_5346
    private static let version: UInt32 = 3

    /// Encodes the model: header, calibration, scales, summary weights, lexicon, features; little endian.
    package func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
        append(Self.magic)
        append(Self.version)
        append(UInt32(lexicon.valences.count))
        append(UInt32(weights.count))
        append(UInt32(scales.count))
        append(UInt32(summaryWeights.count))
        let bends = [calibration.offset, calibration.deadZone, calibration.quietZone, calibration.questionFactor]
        for value in bends + [calibration.gain] + scales + summaryWeights {
            append(value.bitPattern)
        }
        for value in lexicon.table.fingerprints { append(value) }
        for value in lexicon.valences { append(value) }
        bytes += lexicon.roles
        for value in features.fingerprints { append(value) }
        for value in weights { append(value) }
        return bytes
    }

    /// Reads a model encoded by ``encoded()``; throws if the format or the length differs.
    package init(_ bytes: UnsafeRawBufferPointer) throws(SentimentError) {
        var reader = ModelReader(bytes)
        guard try reader.next(UInt32.self) == Self.magic, try reader.next(UInt32.self) == Self.version else {
            throw SentimentError(code: .malformedModel, message: "not a sentiment model of this version")
        }
        let lexiconSize = try reader.tableSize()
        let featureSize = try reader.tableSize()
        let scaleCount = Int(try reader.next(UInt32.self))
        let summaryCount = Int(try reader.next(UInt32.self))
        guard scaleCount == FeatureKind.allCases.count, summaryCount == Utterance.summaryCount else {
            throw SentimentError(code: .malformedModel, message: "the model was trained for other features")
        }
        let calibration = Calibration(
            offset: try reader.float(),
            deadZone: try reader.float(),
            quietZone: try reader.float(),
            questionFactor: try reader.float(),
            gain: try reader.float()
        )
        let scales = try reader.floats(scaleCount)
        let summaryWeights = try reader.floats(summaryCount)
        let lexicon = Lexicon(
            table: FingerprintTable(fingerprints: try reader.array(UInt16.self, lexiconSize)),
            valences: try reader.array(Int8.self, lexiconSize),
            roles: try reader.array(UInt8.self, lexiconSize)
        )
        self.init(
            lexicon: lexicon,
            features: FingerprintTable(fingerprints: try reader.array(UInt16.self, featureSize)),
            weights: try reader.array(Int8.self, featureSize),
            scales: scales,
            summaryWeights: summaryWeights,
            calibration: calibration
        )
        guard reader.isAtEnd else {
            throw SentimentError(code: .malformedModel, message: "the model has bytes after its end")
        }
    }
}

/// Reads little-endian values one after the other.
struct ModelReader {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func next<Value: FixedWidthInteger>(_ type: Value.Type) throws(SentimentError) -> Value {
        let size = MemoryLayout<Value>.size
        guard offset + size <= bytes.count else {
            throw SentimentError(code: .malformedModel, message: "the model is truncated")
        }
        defer { offset += size }
        return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    mutating func float() throws(SentimentError) -> Float {
        let value = Float(bitPattern: try next(UInt32.self))
        guard value.isFinite else {
            throw SentimentError(code: .malformedModel, message: "the model contains a value that is not a number")
        }
        return value
    }

    mutating func floats(_ count: Int) throws(SentimentError) -> [Float] {
        var values: [Float] = []
        for _ in 0..<count { values.append(try float()) }
        return values
    }

    /// Reads a power of two up to 2^24; the writer guarantees a free slot.
    mutating func tableSize() throws(SentimentError) -> Int {
        let size = Int(try next(UInt32.self))
        guard size >= 64, size <= 1 << 24, size & (size - 1) == 0 else {
            throw SentimentError(code: .malformedModel, message: "a table of \(size) slots is not a power of two")
        }
        return size
    }

    mutating func array<Value: FixedWidthInteger>(_ type: Value.Type, _ count: Int) throws(SentimentError) -> [Value] {
        guard count <= (bytes.count - offset) / MemoryLayout<Value>.size else {
            throw SentimentError(code: .malformedModel, message: "the model is truncated")
        }
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try next(type)) }
        return values
    }
}
