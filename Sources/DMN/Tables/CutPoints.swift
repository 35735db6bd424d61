import FEEL

/// The sorted points of one family at which cells of a column begin or end.
///
/// k points make 2k + 1 regions: region 2i lies below point i and above the one before, region 2i + 1 is point i.
struct CutPoints: Sendable {
    /// The points, ascending, each once.
    let keys: [OrderedKey]
    private let approximations: [Double]

    /// Sorts keys of one family.
    init(_ unsorted: [OrderedKey]) {
        var keys: [OrderedKey] = []
        for key in unsorted.sorted(by: { $0.compare($1) < 0 }) where keys.last.map({ $0.compare(key) != 0 }) ?? true {
            keys.append(key)
        }
        self.keys = keys
        approximations = keys.map(\.approximation)
    }

    /// The number of regions.
    var regionCount: Int { 2 * keys.count + 1 }

    /// The region a key lies in.
    func region(of key: OrderedKey) -> Int {
        let wanted = key.approximation
        var low = 0
        var high = approximations.count
        approximations.withUnsafeBufferPointer { points in
            while low < high {
                let middle = (low + high) >> 1
                if points[middle] < wanted {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
        }
        while low < keys.count, approximations[low] == wanted {
            let order = key.compare(keys[low])
            if order == 0 {
                return 2 * low + 1
            }
            if order < 0 {
                break
            }
            low += 1
        }
        return 2 * low
    }

    /// The regions an interval covers; nil when it is empty.
    ///
    /// Its ends must be among the points.
    func regions(low: CellForm.Bound?, high: CellForm.Bound?) -> ClosedRange<Int>? {
        let first = low.map { region(of: $0.key) + ($0.isIncluded ? 0 : 1) } ?? 0
        let last = high.map { region(of: $0.key) - ($0.isIncluded ? 0 : 1) } ?? regionCount - 1
        return first <= last ? first...last : nil
    }
}

/// Disjoint ranges of region numbers in ascending order.
struct RegionList {
    /// The ranges; none touches the next.
    private(set) var ranges: [ClosedRange<Int>] = []

    /// Adds a range, joining it with those it meets.
    mutating func insert(_ range: ClosedRange<Int>) {
        var joined = range
        var kept: [ClosedRange<Int>] = []
        for other in ranges {
            if other.upperBound + 1 < joined.lowerBound || joined.upperBound + 1 < other.lowerBound {
                kept.append(other)
            } else {
                joined = min(joined.lowerBound, other.lowerBound)...max(joined.upperBound, other.upperBound)
            }
        }
        let place = kept.firstIndex { $0.lowerBound > joined.lowerBound } ?? kept.count
        kept.insert(joined, at: place)
        ranges = kept
    }

    /// The ranges of 0 ..< count that are not in the list.
    func complement(upTo count: Int) -> [ClosedRange<Int>] {
        var result: [ClosedRange<Int>] = []
        var next = 0
        for range in ranges {
            if next < range.lowerBound {
                result.append(next...(range.lowerBound - 1))
            }
            next = range.upperBound + 1
        }
        if next < count {
            result.append(next...(count - 1))
        }
        return result
    }
}

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
