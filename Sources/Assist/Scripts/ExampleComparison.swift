package import Knowledge
import VectorIndex

/// Finds examples of different scripts that mean the same, between which no utterance can decide.
package enum ExampleComparison {
    /// An example by the positions of its script and of itself.
    package struct Place: Sendable, Hashable, Comparable {
        package let script: Int
        package let example: Int

        package init(script: Int, example: Int) { (self.script, self.example) = (script, example) }

        package static func < (left: Place, right: Place) -> Bool {
            (left.script, left.example) < (right.script, right.example)
        }
    }

    /// Two examples of different scripts.
    package struct Pair: Sendable, Hashable {
        /// The one that comes first.
        package let first: Place
        package let second: Place
        /// The cosine of the angle between their vectors, −1 to 1.
        package let similarity: Double
    }

    /// The similarity from which two examples mean the same; `Integration/scripts/README.md` says how it was chosen.
    package static let bar = 0.8
    /// The largest number of examples that are compared; those that follow are not.
    package static let maximumExamples = 20_000
    /// The nearest examples that each one is compared with, its own script's among them.
    private static let neighbours = 32

    /// Finds examples that mean the same.
    ///
    /// Cost: some 2 ms an example for encoding, and one search for each.
    ///
    /// - Parameters:
    ///   - scripts: the examples of each script.
    ///   - encoder: the model.
    /// - Returns: the pairs in the order of their places; of two scripts only the nearest pair.
    package static func pairs(in scripts: [[String]], by encoder: PassageEncoder) -> [Pair] {
        let places = scripts.enumerated().flatMap { script, examples in
            examples.indices.map { Place(script: script, example: $0) }
        }.prefix(maximumExamples)
        let texts = places.map { scripts[$0.script][$0.example] }
        // One at a time in a batch, so that a vector does not depend on the other texts.
        let vectors = texts.flatMap { encoder.encode([$0], as: .query) }
        let index = VectorIndex(dimension: encoder.dimension)
        index.apply(vectors.enumerated().map { .insert(UInt32($0), $1) })
        var best: [Set<Int>: Pair] = [:]
        for (number, vector) in vectors.enumerated() {
            for match in index.exactNearest(vector, count: neighbours) where Double(match.score) >= bar {
                let (one, other) = (places[number], places[Int(match.id)])
                let scripts: Set = [one.script, other.script]
                let similarity = Double(match.score)
                guard one < other, one.script != other.script, similarity > best[scripts]?.similarity ?? 0
                else { continue }
                best[scripts] = Pair(first: one, second: other, similarity: min(1, similarity))
            }
        }
        return best.values.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }
}
