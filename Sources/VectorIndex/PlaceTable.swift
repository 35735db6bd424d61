/// In which partition each vector is.
///
/// Numbers are usually small and dense; the table is in pages, so that a copy shares what does not change and one large
/// number costs one page. Memory: 4 bytes a number within pages that have any.
struct PlaceTable: Sendable {
    private static let bits: UInt32 = 12
    private static let none: Int32 = -1

    /// Page `i` has the numbers from `i << bits`; an empty one has no vectors.
    private var pages: [[Int32]] = []

    /// The partition of a vector; nil if there is no such vector.
    subscript(id: UInt32) -> Int? {
        let page = Int(id >> Self.bits)
        guard page < pages.count, !pages[page].isEmpty else { return nil }
        let place = pages[page][Int(id & (1 << Self.bits - 1))]
        return place == Self.none ? nil : Int(place)
    }

    /// Notes the partition of a vector.
    mutating func set(_ id: UInt32, to place: Int) {
        let page = Int(id >> Self.bits)
        while pages.count <= page { pages.append([]) }
        if pages[page].isEmpty { pages[page] = Array(repeating: Self.none, count: 1 << Self.bits) }
        pages[page][Int(id & (1 << Self.bits - 1))] = Int32(place)
    }

    /// Notes the partition of all vectors in it.
    mutating func enter(_ partition: Partition, at place: Int) {
        for row in 0..<partition.count { set(partition.ids[row], to: place) }
    }

    /// Forgets a vector.
    ///
    /// - Returns: the partition in which it was; nil if there was none.
    mutating func remove(_ id: UInt32) -> Int? {
        guard let place = self[id] else { return nil }
        pages[Int(id >> Self.bits)][Int(id & (1 << Self.bits - 1))] = Self.none
        return place
    }
}
