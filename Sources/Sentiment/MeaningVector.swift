/// What a sentence encoder makes of an utterance, as a vector of length 1 in 8 bits.
///
/// A server keeps the vectors of the last turns of every contact, for which 8 bits are precise enough: cosines are off by less
/// than a hundredth. Training uses the same form.
package struct MeaningVector: Sendable, Hashable {
    private let steps: [Int8]
    /// The value of one step.
    private let step: Float

    /// Creates the vector in the direction of `vector`; nil if that has no direction: it is empty, zero or not finite.
    package init?(_ vector: [Float]) {
        var largest: Float = 0
        for value in vector {
            guard value.isFinite else { return nil }
            largest = max(largest, abs(value))
        }
        guard largest > 0 else { return nil }
        steps = vector.map { Int8(($0 / largest * 127).rounded()) }
        step = 1 / Float(Self.product(steps, steps)).squareRoot()
    }

    /// The number of coordinates.
    package var dimension: Int { steps.count }

    /// The cosine of the angle between two vectors, from -1 to 1; 0 if their dimensions differ.
    package func cosine(_ other: MeaningVector) -> Float {
        guard dimension == other.dimension else { return 0 }
        return max(-1, min(1, Float(Self.product(steps, other.steps)) * step * other.step))
    }

    /// The inner product with as many weights as there are coordinates.
    func product(_ weights: ArraySlice<Float>) -> Float {
        precondition(weights.count == dimension, "a weight for each coordinate")
        return weights.withUnsafeBufferPointer { weights in
            steps.withUnsafeBufferPointer { steps in
                var sum: Float = 0
                for index in steps.indices { sum += Float(steps[index]) * weights[index] }
                return sum * step
            }
        }
    }

    /// The coordinates, for training.
    package var coordinates: [Float] { steps.map { Float($0) * step } }

    private static func product(_ left: [Int8], _ right: [Int8]) -> Int32 {
        left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                var sum: Int32 = 0
                for index in left.indices { sum &+= Int32(left[index]) &* Int32(right[index]) }
                return sum
            }
        }
    }
}
