import Testing
import VectorIndex

/// Groups of vectors, and the same by comparing every pair in the plainest way.
@Suite struct VectorGroupsTests {
    /// Random directions around some centres, so that there are groups.
    private static func vectors(_ count: Int, around centres: Int, seed: UInt64) -> [[Int8]] {
        var state = seed
        func next() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33)
        }
        let directions = (0..<centres).map { _ in (0..<40).map { _ in next() % 201 - 100 } }
        return (0..<count).map { _ in
            let centre = directions[next() % centres]
            return centre.map { value in Int8(clamping: value + next() % 121 - 60) }
        }
    }

    private static func cosine(_ left: [Int8], _ right: [Int8]) -> Double {
        func product(_ left: [Int8], _ right: [Int8]) -> Double {
            zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        let lengths = (product(left, left) * product(right, right)).squareRoot()
        return lengths > 0 ? product(left, right) / lengths : 0
    }

    /// The groups by the definition, each as a set, in the order of their formation.
    private static func plainly(_ vectors: [[Int8]], _ weights: [Int], _ bar: Double) -> [Set<Int>] {
        let all = vectors.indices
        func near(_ row: Int) -> [Int] { all.filter { $0 != row && cosine(vectors[row], vectors[$0]) >= bar } }
        let degrees = all.map { row in near(row).reduce(weights[row]) { $0 + weights[$1] } }
        var left = Set(all)
        var centres: [Int] = []
        while let next = left.min(by: { (-degrees[$0], -weights[$0], $0) < (-degrees[$1], -weights[$1], $1) }) {
            centres.append(next)
            left.remove(next)
            left.subtract(near(next))
        }
        var groups = centres.map { Set([$0]) }
        for row in all where !centres.contains(row) {
            let candidates = centres.indices.filter { cosine(vectors[row], vectors[centres[$0]]) >= bar }
            let nearest = candidates.max {
                (cosine(vectors[row], vectors[centres[$0]]), -$0) < (cosine(vectors[row], vectors[centres[$1]]), -$1)
            }
            if let nearest { groups[nearest].insert(row) }
        }
        return groups
    }

    private static func meanSimilarity(_ row: Int, _ group: [Int], _ vectors: [[Int8]], _ weights: [Int]) -> Double {
        let sum = group.reduce(0) { $0 + Double(weights[$1]) * cosine(vectors[row], vectors[$1]) }
        return sum / Double(group.reduce(0) { $0 + weights[$1] })
    }

    @Test("groups and their most central members are those of the definition", arguments: 1...12 as ClosedRange<UInt64>)
    func oracle(seed: UInt64) {
        // Those after a multiple of 4 have zeros, a few of one direction, or no groups at all.
        var vectors = Self.vectors(60 + Int(seed) * 7, around: 1 + Int(seed) * 2, seed: seed)
        if seed % 4 == 0 { vectors[3] = Array(repeating: 0, count: 40) }
        let weights = vectors.indices.map { 1 + ($0 &* 31 &+ Int(seed)) % 4 }
        for bar in [0.5, 0.7, 0.85] {
            let found = VectorGroups(vectors, weights: weights, bar: Float(bar)).groups
            #expect(found.map { Set($0.members) } == Self.plainly(vectors, weights, bar))
            for group in found {
                let means = group.members.map { Self.meanSimilarity($0, group.members, vectors, weights) }
                #expect(means[0] >= (means.max() ?? 0) - 2e-5)
            }
        }
    }

    @Test("equal vectors are one group, whose name is the heaviest")
    func equal() {
        let vectors = Array(repeating: [Int8](repeating: 100, count: 8), count: 4)
        let groups = VectorGroups(vectors, weights: [1, 3, 3, 1], bar: 0.99).groups
        #expect(groups.map(\.members) == [[1, 2, 0, 3]])
    }

    @Test("nothing, one vector and vectors of zeros have no neighbours")
    func alone() {
        #expect(VectorGroups([], weights: [], bar: 0.5).groups.isEmpty)
        #expect(VectorGroups([[1, 2]], weights: [1], bar: 0.5).groups.map(\.members) == [[0]])
        #expect(VectorGroups([[0, 0], [0, 0]], weights: [1, 1], bar: -1).groups.count == 2)
    }

    @Test("every set of kernels gives the same groups", arguments: ["portable", "emulated"])
    func kernels(name: String) {
        let vectors = Self.vectors(200, around: 9, seed: 77)
        let weights = Array(repeating: 1, count: 200)
        let expected = VectorGroups(vectors, weights: weights, bar: 0.7).groups
        #expect(VectorGroups(vectors, weights: weights, bar: 0.7, kernels: name).groups == expected)
        #expect(expected.contains { $0.members.count > 3 })
    }
}
