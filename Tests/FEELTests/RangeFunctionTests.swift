import FEEL
import Testing

@Suite struct RangeFunctionTests {
    /// Points at half steps from 0 to 9: an interval with whole ends is the set of half steps it holds.
    private static func points(_ start: Int, _ startIncluded: Bool, _ end: Int, _ endIncluded: Bool) -> Set<Int> {
        Set(
            (0...18).filter { point in
                (point > start * 2 || (point == start * 2 && startIncluded))
                    && (point < end * 2 || (point == end * 2 && endIncluded))
            }
        )
    }

    private struct Interval {
        let text: String
        let points: Set<Int>
    }

    /// Every interval with ends from 1 to 4 that holds a point.
    private static let intervals: [Interval] = {
        var intervals: [Interval] = []
        for start in 1...4 {
            for end in start...4 {
                for (open, startIncluded) in [("[", true), ("(", false)] {
                    for (close, endIncluded) in [("]", true), (")", false)] {
                        let points = points(start, startIncluded, end, endIncluded)
                        guard !points.isEmpty else { continue }
                        intervals.append(Interval(text: "\(open)\(start)..\(end)\(close)", points: points))
                    }
                }
            }
        }
        return intervals
    }()

    private func check(_ name: String, _ oracle: (Set<Int>, Set<Int>) -> Bool) {
        for left in Self.intervals {
            for right in Self.intervals {
                let text = "\(name)(\(left.text), \(right.text))"
                let expected = oracle(left.points, right.points)
                #expect(value(text).isTrue == expected, "\(text)")
            }
        }
    }

    @Test func beforeAndAfterMeanNoPointInCommonAndOrder() {
        check("before") { left, right in (left.max() ?? 0) < (right.min() ?? 0) }
        check("after") { left, right in (left.min() ?? 0) > (right.max() ?? 0) }
    }

    @Test func overlapsMeansACommonPoint() {
        check("overlaps") { left, right in !left.isDisjoint(with: right) }
    }

    @Test func includesAndDuringMeanSubsets() {
        check("includes") { left, right in right.isSubset(of: left) }
        check("during") { left, right in left.isSubset(of: right) }
    }

    @Test func coincidesMeansTheSamePoints() {
        check("coincides") { left, right in left == right }
    }

    @Test func startsAndFinishesMeanSubsetsWithACommonEnd() {
        check("starts") { left, right in left.min() == right.min() && left.isSubset(of: right) }
        check("started by") { left, right in left.min() == right.min() && right.isSubset(of: left) }
        check("finishes") { left, right in left.max() == right.max() && left.isSubset(of: right) }
        check("finished by") { left, right in left.max() == right.max() && right.isSubset(of: left) }
    }

    @Test(arguments: [
        ("meets([1..5], [5..10])", "true"), ("meets([1..5), [5..10])", "false"), ("met by([5..10], [1..5])", "true"),
        ("overlaps before([1..5], (1..5])", "true"), ("overlaps before([1..5), [1..5])", "false"),
        ("overlaps after((1..5], [1..5))", "true"), ("before(1, (1..10])", "true"), ("after([11..20], 11)", "false"),
        ("finishes(10, [1..10])", "true"), ("started by([1..10], 1)", "true"), ("coincides(5, 5)", "true"),
        ("includes([1..10), 10)", "false"), ("before(1, \"a\")", "null"), ("before((< 5), 7)", "true"),
        ("before(point: 1, range: [5..10])", "true"),
        ("before(range: [1..10], point: 15)", "true"), ("after(range: [1..10], point: 15)", "false"),
        ("meets(1, 2)", "null"),
    ])
    func examples(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("range(\"[18..21)\") = [18..21)", "true"), ("range(\"(..2]\")", "(<=2)"), ("range(\"[..2]\")", "null"),
        ("range(\"[1+1..3]\")", "null"), ("range(\"[\\\"a\\\"..\\\"c\\\"]\") = [\"a\"..\"c\"]", "true"),
        ("range(\"[3..1]\")", "null"), ("range(\"[@\\\"2020-01-01\\\"..date(\\\"2020-01-02\\\")]\").end", "2020-01-02"),
    ])
    func textBecomesARange(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }
}
