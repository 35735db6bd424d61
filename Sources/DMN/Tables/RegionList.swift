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
