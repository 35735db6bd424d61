import Foundation
import Testing
import VectorIndex

@Suite struct VectorIndexTests {
    /// Unit vectors around random centres, as sentences around topics.
    static func vectors(_ count: Int, dimension: Int = 32, topics: Int = 40, seed: UInt64 = 1) -> [[Float]] {
        var random = SplitMix(state: seed)
        func direction(_ spread: Float) -> [Float] {
            (0..<dimension).map { _ in .random(in: -spread...spread, using: &random) }
        }
        let centers = (0..<topics).map { _ in direction(1) }
        return (0..<count).map { i in
            let vector = zip(centers[i * 7 % topics], direction(0.6)).map { $0 + $1 }
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return vector.map { $0 / length }
        }
    }

    static func options(exactLimit: Int = 300, threads: Int = 1) -> VectorIndex.Options {
        var options = VectorIndex.Options()
        (options.exactLimit, options.partitionSize, options.reach, options.threads) = (exactLimit, 16, 400, threads)
        return options
    }

    /// An index of vectors with the numbers 3, 6, 9 and so on.
    static func index(_ vectors: [[Float]], _ options: VectorIndex.Options = options()) -> VectorIndex {
        let index = VectorIndex(dimension: vectors[0].count, options: options)
        index.apply(vectors.enumerated().map { .insert(UInt32(3 * $0 + 3), $1) })
        return index
    }

    /// The nearest by their cosines in doubles.
    private func oracle(
        _ vectors: [[Float]],
        _ query: [Float],
        _ filter: IdentifierSet?
    ) -> [(id: UInt32, score: Double)] {
        vectors.enumerated().compactMap { number, vector in
            let id = UInt32(3 * number + 3)
            guard filter?.contains(id) ?? true else { return nil }
            return (id, zip(vector, query).reduce(0) { $0 + Double($1.0) * Double($1.1) })
        }.sorted { ($1.score, $0.id) < ($0.score, $1.id) }
    }

    @Test(arguments: [1, 31, 64, 65]) func `the exact scan finds the nearest`(_ dimension: Int) {
        let vectors = Self.vectors(250, dimension: dimension)
        let index = Self.index(vectors)
        #expect(index.isExact && index.count == 250 && index.dimension == dimension)
        for query in Self.vectors(10, dimension: dimension, seed: 2) {
            for filter in [nil, IdentifierSet((0..<400).filter { $0 % 2 == 0 })] {
                let expected = oracle(vectors, query, filter)
                let found = index.nearest(query, count: 10, filter: filter)
                #expect(found.count == 10)
                for (rank, match) in found.enumerated() {
                    // Rounding to 8 bits can swap vectors that are about equally near.
                    #expect(abs(Double(match.score) - expected[rank].score) < 0.02)
                    #expect(filter?.contains(match.id) ?? true)
                }
                #expect(zip(found, found.dropFirst()).allSatisfy { ($1.score, $0.id) < ($0.score, $1.id) })
            }
        }
    }

    @Test(arguments: [1.0, 0.5, 0.05, 0.02]) func `partitions find nearly what the exact scan finds`(_ share: Double) {
        let vectors = Self.vectors(3_000)
        let index = Self.index(vectors)
        #expect(!index.isExact)
        var random = SplitMix(state: 9)
        let filter =
            share < 1 ? IdentifierSet((0..<9_010).filter { _ in .random(in: 0..<1, using: &random) < share }) : nil
        var shared = 0
        for query in Self.vectors(40, seed: 2) {
            let exact = index.exactNearest(query, count: 10, filter: filter)
            let found = index.nearest(query, count: 10, filter: filter)
            #expect(found.count == 10)
            #expect(found.allSatisfy { filter?.contains($0.id) ?? true })
            shared += Set(exact).intersection(found).count
        }
        #expect(Double(shared) / 400 >= 0.95)
    }

    @Test func `the whole reach is the exact scan`() {
        let index = Self.index(Self.vectors(2_000))
        for query in Self.vectors(10, seed: 2) {
            #expect(index.nearest(query, count: 25, reach: 2_000) == index.exactNearest(query, count: 25))
        }
    }

    @Test func `a filter that passes few finds all of them`() {
        let index = Self.index(Self.vectors(2_000))
        let few = IdentifierSet([30, 3_000, 5_999, 6_000])
        let found = index.nearest(Self.vectors(1)[0], count: 10, filter: few)
        #expect(Set(found.map(\.id)) == [30, 3_000, 6_000])
        #expect(index.nearest(Self.vectors(1)[0], count: 10, filter: IdentifierSet()).isEmpty)
        #expect(index.nearest(Self.vectors(1)[0], count: 10, filter: IdentifierSet([1])).isEmpty)
    }

    @Test func `the exact scan of a few vectors finds what that of all does, whatever has changed`() throws {
        let vectors = Self.vectors(3_000)
        let index = Self.index(Array(vectors.prefix(1_500)))
        var random = SplitMix(state: 4)
        for round in 0..<30 {
            index.apply(
                (0..<80).map { _ in
                    let id = UInt32(Int.random(in: 1...9_000, using: &random))
                    return Bool.random(using: &random) ? .remove(id) : .insert(id, vectors[Int(id) % 3_000])
                }
            )
            if round == 15 { index.insert(4_000_000_000, vectors[7]) }
            let few = IdentifierSet((0..<12).map { _ in .random(in: 1...9_000, using: &random) })
            let all = index.exactNearest(vectors[round], count: index.count)
            #expect(index.exactNearest(vectors[round], count: 12, filter: few) == all.filter { few.contains($0.id) })
        }
        #expect(!index.isExact && index.contains(4_000_000_000) && !index.contains(4_000_000_001))
        index.remove(4_000_000_000)
        #expect(!index.contains(4_000_000_000))
    }

    @Test func `changes one by one are found like those made at once`() {
        let vectors = Self.vectors(1_200)
        let index = VectorIndex(dimension: 32, options: Self.options())
        for (number, vector) in vectors.enumerated() { index.insert(UInt32(3 * number + 3), vector) }
        let whole = Self.index(vectors)
        for query in Self.vectors(10, seed: 2) {
            #expect(index.exactNearest(query, count: 20) == whole.exactNearest(query, count: 20))
        }
    }

    @Test(arguments: [200, 1_000]) func `removed and replaced vectors are gone`(_ count: Int) {
        let vectors = Self.vectors(count)
        let index = Self.index(vectors)
        for number in stride(from: 0, to: count, by: 2) { index.remove(UInt32(3 * number + 3)) }
        index.remove(1)
        #expect(index.count == count / 2)
        #expect(!index.contains(3) && index.contains(6))
        let found = index.nearest(vectors[0], count: count, reach: count)
        #expect(found.count == count / 2 && found.allSatisfy { $0.id % 6 == 0 })
        index.apply([.insert(6, vectors[0]), .insert(9, vectors[1]), .remove(9), .remove(12), .insert(12, vectors[0])])
        #expect(index.count == count / 2)
        #expect(index.nearest(vectors[0], count: 2).map(\.id) == [6, 12])
    }

    @Test func `many vectors that are alike stay together`() {
        let vector = Self.vectors(1)[0]
        let index = Self.index(Array(repeating: vector, count: 900))
        let found = index.nearest(vector, count: 5)
        #expect(found.map(\.id) == [3, 6, 9, 12, 15])
        let zeros = Self.index(Array(repeating: Array(repeating: 0, count: 32), count: 400))
        #expect(zeros.nearest(vector, count: 1).first?.score == 0)
        let strange = Self.index([[.nan, 1], [.infinity, 1], [1e30, 0], [1e-30, 0]], Self.options())
        #expect(strange.nearest([1, 0], count: 9).count == 4)
    }

    @Test func `the same changes give the same index, whatever the number of threads`() {
        let vectors = Self.vectors(1_500)
        let indices = [1, 2, 4].map { Self.index(vectors, Self.options(threads: $0)) }
        for query in Self.vectors(20, seed: 2) {
            // A short reach, which shows where the partitions are.
            let found = indices.map { $0.nearest(query, count: 10, reach: 20) }
            #expect(found[0] == found[1] && found[0] == found[2])
        }
    }

    @Test func `all kernels give the same answers`() {
        let vectors = Self.vectors(200, dimension: 100)
        var answers: Set<[VectorIndex.Match]> = []
        for kernels in ["portable", "emulated", nil] {
            var options = Self.options()
            options.kernels = kernels
            answers.insert(Self.index(vectors, options).nearest(vectors[7], count: 10))
        }
        #expect(answers.count == 1)
    }

    @Test func `searches see all of a change or none of it`() async {
        let vectors = Self.vectors(600)
        let index = Self.index(vectors)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    (0..<30).allSatisfy { _ in
                        // The twins are changed together.
                        let ids = Set(index.nearest(vectors[0], count: 4, reach: 5_000).map(\.id))
                        return ids.contains(10_000) == ids.contains(10_001)
                    }
                }
            }
            group.addTask {
                for _ in 0..<60 {
                    index.apply([.insert(10_000, vectors[0]), .insert(10_001, vectors[0])])
                    index.apply([.remove(10_000), .remove(10_001)])
                }
                return true
            }
            for await result in group { #expect(result) }
        }
    }
}

/// A generator of the same numbers everywhere (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
