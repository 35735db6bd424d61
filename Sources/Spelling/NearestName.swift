/// Finds the known name (of a method, an article, a step, an action) that an unknown one probably means.
package enum NearestName {
    /// The longest names compared; longer ones are not typing errors, and the work grows with their length.
    private static let maximumLength = 100

    /// The known name most similar to `wrong`; nil if none is similar enough.
    ///
    /// Case is ignored, as are differences between `_`, `-`, `.` and space as separators; beyond that a name may differ
    /// by a third of its letters, and by at most three. Of equally similar names the first is returned, so names in a
    /// fixed order give a fixed result. The cost is one comparison per name, bounded by its length.
    ///
    /// - Parameters:
    ///   - wrong: the unknown name.
    ///   - names: the known names.
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

    /// A question with the nearest name, to append to a message; empty if no name is similar enough.
    ///
    /// For example `; did you mean “alerts.list”?`.
    package static func question(_ wrong: String, among names: some Sequence<String>) -> String {
        of(wrong, among: names).map { "; did you mean “\($0)”?" } ?? ""
    }

    private static func folded(_ name: String) -> [Unicode.Scalar] {
        name.lowercased().unicodeScalars.map { "-. ".unicodeScalars.contains($0) ? "_" : $0 }
    }
}
