/// Counts typing errors: insertions, deletions, substitutions and swaps of adjacent letters.
package enum EditDistance {
    /// The restricted Damerau-Levenshtein distance of two words, or `nil` above `limit`.
    ///
    /// Source: the optimal string alignment recurrence, row by row, ended as soon as a whole row exceeds the limit.
    package static func between(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        var before = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        var current = before
        for i in 0..<left.count {
            current[0] = i + 1
            var least = current[0]
            for j in 0..<right.count {
                var cost = min(previous[j] + (left[i] == right[j] ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, before[j - 1] + 1)
                }
                current[j + 1] = cost
                least = min(least, cost)
            }
            if least > limit { return nil }
            (before, previous, current) = (previous, current, before)
        }
        return previous[right.count] <= limit ? previous[right.count] : nil
    }
}
