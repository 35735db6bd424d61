import Digests
import Foundation
import VectorIndex

/// The files of vector indices.
extension FuzzTarget {
    private static func vector(_ number: Int) -> [Float] {
        (0..<3).map { Float((number * 37 + $0 * 101) % 64) - 32 }
    }

    /// Saved indices, whose checksum is made right so that what it covers is read, and which are searched and changed.
    static let vectors = FuzzTarget(
        name: "vectors",
        corpus: { _ in
            let file = scratch("vectors").appendingPathComponent("corpus.index")
            var options = VectorIndex.Options()
            (options.exactLimit, options.partitionSize) = (20, 8)
            return [0, 5, 60].compactMap { count in
                let index = VectorIndex(dimension: 3, options: options)
                index.apply((0..<count).map { .insert(UInt32($0), vector($0)) })
                guard (try? index.save(to: file)) != nil, let data = try? Data(contentsOf: file) else { return nil }
                return Array(data)
            }
        }
    ) { bytes in
        var bytes = bytes
        if bytes.count >= 72 {
            bytes.replaceSubrange(40..<72, with: SHA256.digest(of: Array(bytes[..<40] + bytes[72...])))
        }
        guard let index = try? VectorIndex(loading: bytes) else { return }
        let query = [Float](repeating: 1, count: index.dimension)
        for filter in [nil, IdentifierSet(0..<1_000)] {
            let found = index.nearest(query, count: 5, filter: filter)
            require(found.allSatisfy { index.contains($0.id) }, "what is found is in the index")
        }
        index.insert(7, query)
        index.remove(8)
        require(index.contains(7) && !index.contains(8), "changes are made")
    }
}
