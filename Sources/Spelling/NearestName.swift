/// Finds the name that somebody who wrote another one probably meant: a method, an article, a step, an action.
package enum NearestName {
    /// Longer names are not compared: they are no slips, and the work would grow with their length.
    private static let maximumLength = 100

    /// The known name that is spelt most alike; nil when none is near enough to be meant.
    ///
    /// Upper and lower case, and whether words are joined by `_`, `-`, `.` or a space, make no difference; beyond that a
    /// name may differ by a third of its letters, three at most. Of names that are equally near the first is taken, so
    /// names in a fixed order give a fixed answer. Costs one comparison a name, bounded by its length.
    ///
    /// - Parameters:
    ///   - wrong: what was written.
    ///   - names: the names that there are.
    /// - Returns: one of `names`.
    package static func of(_ wrong: String, among names: some Sequence<String>) -> String? {
        guard wrong.utf8.count <= maximumLength * 4 else { return nil }
        let wanted = folded(wrong)
        guard (1...maximumLength).contains(wanted.count) else { return nil }
        var limit = min(3, max(1, wanted.count / 3))
        var nearest: String?
        for name in names where name.utf8.count <= maximumLength * 4 {
            guard let distance = EditDistance.between(wanted, folded(name), limit: limit) else { continue }
            nearest = name
            guard distance > 0 else { break }
            limit = distance - 1
        }
        return nearest
    }

    /// The name as a question that stands behind a sentence; empty when none is near.
    ///
    /// For example `; did you mean “alerts.list”?`.
    package static func question(_ wrong: String, among names: some Sequence<String>) -> String {
        of(wrong, among: names).map { "; did you mean “\($0)”?" } ?? ""
    }

    private static func folded(_ name: String) -> [Unicode.Scalar] {
        name.lowercased().unicodeScalars.map { "-. ".unicodeScalars.contains($0) ? "_" : $0 }
    }
}
