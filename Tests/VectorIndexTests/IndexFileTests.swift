import Foundation
import Testing
import VectorIndex

@Suite struct IndexFileTests {
    private let file = FileManager.default.temporaryDirectory.appendingPathComponent("vectors-\(UUID()).index")

    private func saved(_ index: VectorIndex) throws -> [UInt8] {
        defer { try? FileManager.default.removeItem(at: file) }
        try index.save(to: file)
        return Array(try Data(contentsOf: file))
    }

    @Test(arguments: [0, 1, 200, 1_000]) func `a saved index is the same index`(_ count: Int) throws {
        let vectors = VectorIndexTests.vectors(max(count, 1))
        let index = count > 0 ? VectorIndexTests.index(vectors) : VectorIndex(dimension: 32)
        defer { try? FileManager.default.removeItem(at: file) }
        try index.save(to: file)
        let loaded = try VectorIndex(loading: file, options: VectorIndexTests.options())
        #expect(loaded.count == count && loaded.dimension == 32 && loaded.isExact == index.isExact)
        for query in VectorIndexTests.vectors(5, seed: 2) {
            #expect(loaded.nearest(query, count: 10, reach: 40) == index.nearest(query, count: 10, reach: 40))
        }
        // Both go on alike.
        for index in [index, loaded] {
            for (number, vector) in VectorIndexTests.vectors(100, seed: 3).enumerated() {
                index.insert(UInt32(5_000 + number), vector)
            }
            index.remove(3)
        }
        for query in VectorIndexTests.vectors(5, seed: 2) {
            #expect(loaded.nearest(query, count: 10) == index.nearest(query, count: 10))
        }
    }

    @Test func `any damage is noticed`() throws {
        let bytes = try saved(VectorIndexTests.index(VectorIndexTests.vectors(400)))
        #expect(throws: Never.self) { try VectorIndex(loading: bytes) }
        for position in Array(0..<80) + Array(stride(from: 80, to: bytes.count, by: 1_999)) {
            var damaged = bytes
            damaged[position] ^= 0x11
            #expect(throws: VectorIndexError.self, "\(position)") { try VectorIndex(loading: damaged) }
        }
        for length in Array(0..<80) + Array(stride(from: 80, to: bytes.count, by: 1_999)) {
            #expect(throws: VectorIndexError.self) { try VectorIndex(loading: Array(bytes.prefix(length))) }
        }
    }

    @Test func `a file that is not there is an error`() throws {
        let error = #expect(throws: VectorIndexError.self) { try VectorIndex(loading: file) }
        #expect(error?.code == .unreadable)
        let index = VectorIndex(dimension: 8)
        #expect(throws: VectorIndexError.self) { try index.save(to: file.appendingPathComponent("within")) }
    }
}

@Suite struct IdentifierSetTests {
    @Test func `members are those inserted and not removed`() {
        var set = IdentifierSet()
        var expected: Set<UInt32> = []
        var random = SplitMix(state: 4)
        for _ in 0..<2_000 {
            let member = UInt32.random(in: 0..<700, using: &random)
            if Bool.random(using: &random) {
                set.insert(member)
                expected.insert(member)
            } else {
                set.remove(member)
                expected.remove(member)
            }
        }
        #expect(set.count == expected.count)
        #expect((0..<800).allSatisfy { set.contains($0) == expected.contains($0) })
        #expect(IdentifierSet(words: set.words) == set)
        #expect(IdentifierSet(expected).count == set.count)
    }
}
