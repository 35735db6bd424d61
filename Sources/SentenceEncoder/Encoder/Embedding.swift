/// The meaning of a text as a direction.
public struct Embedding: Sendable, Hashable {
    /// Coordinates of a vector of length 1.
    ///
    /// All zero if the model's arithmetic overflowed, which no trained model does.
    public let vector: [Float]

    /// Takes a vector of length 1.
    public init(_ vector: [Float]) { self.vector = vector }

    /// The cosine of the angle to `other`, from -1 to 1.
    ///
    /// Both have the same dimension.
    public func cosine(_ other: Embedding) -> Float {
        precondition(vector.count == other.vector.count, "embeddings of one model are compared")
        var sum: Float = 0
        for i in vector.indices { sum += vector[i] * other.vector[i] }
        return sum
    }

    /// The vector in 8 bits a coordinate.
    public var quantized: QuantizedEmbedding { QuantizedEmbedding(vector) }
}

/// A vector with one byte for each coordinate, a quarter of the memory.
public struct QuantizedEmbedding: Sendable, Hashable {
    /// Coordinates from -127 to 127.
    public let values: [Int8]
    /// What a coordinate is multiplied by to get that of the vector.
    public let scale: Float

    /// Rounds `vector` to the nearest multiple of its largest magnitude divided by 127.
    public init(_ vector: [Float]) {
        let largest = vector.reduce(0) { max($0, abs($1)) }
        guard largest > 0, largest.isFinite else {
            values = Array(repeating: 0, count: vector.count)
            scale = 0
            return
        }
        scale = largest / 127
        let factor = 127 / largest
        values = vector.map { Int8(($0 * factor).rounded(.toNearestOrEven)) }
    }

    /// The vector, up to rounding.
    public var vector: [Float] { values.map { Float($0) * scale } }
}
