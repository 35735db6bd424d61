/// Fills the sets of one family's regions in one pass from the lowest to the highest.
///
/// Cost: one copy of a set for each region, and one bit for each row that begins or ends.
struct RegionSweep {
    private let base: Int
    private var starts: [[Int]]
    private var ends: [[Int]]

    init(points: CutPoints, base: Int) {
        self.base = base
        starts = Array(repeating: [], count: points.regionCount)
        ends = Array(repeating: [], count: points.regionCount + 1)
    }

    /// Rows that are in the sets of some ranges of regions, which must not overlap.
    mutating func add(_ rows: [Int], _ ranges: [ClosedRange<Int>]) {
        for range in ranges {
            starts[range.lowerBound] += rows
            ends[range.upperBound + 1] += rows
        }
    }

    /// Writes the sets.
    func run(into sets: RowSets) {
        for region in starts.indices {
            if region > 0 {
                sets.formUnion(of: base + region, with: base + region - 1)
            }
            for row in ends[region] {
                sets.remove(row, from: base + region)
            }
            for row in starts[region] {
                sets.insert(row, into: base + region)
            }
        }
    }
}
