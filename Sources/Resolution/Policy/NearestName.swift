/// The name that was probably meant.
enum NearestName {
    /// The known name with the fewest letters to change, if these are no more than a third of it; capitals do not count.
    static func of(_ name: String, among known: [String]) -> String? {
        let wanted = Array(name.lowercased().prefix(64))
        let distances = known.sorted().map { (name: $0, distance: distance(wanted, Array($0.lowercased().prefix(64)))) }
        guard let nearest = distances.min(by: { $0.distance < $1.distance }) else { return nil }
        return nearest.distance <= max(1, max(wanted.count, nearest.name.count) / 3) ? nearest.name : nil
    }

    /// Letters to insert, leave out, replace or swap with a neighbour (optimal string alignment).
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        guard !one.isEmpty, !other.isEmpty else { return max(one.count, other.count) }
        var before: [Int] = []
        var last = Array(0...other.count)
        for row in 1...one.count {
            var present = [row] + Array(repeating: 0, count: other.count)
            for column in 1...other.count {
                let isSame = one[row - 1] == other[column - 1]
                present[column] = min(last[column] + 1, present[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
                    present[column] = min(present[column], before[column - 2] + 1)
                }
            }
            (before, last) = (last, present)
        }
        return last[other.count]
    }
}
