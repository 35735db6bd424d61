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
