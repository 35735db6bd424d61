import FEEL
package import Vocabulary

/// What a measure counts, and how: one published version of a file `rules/measures/NAME.yaml`, compiled.
package struct MeasureDefinition: Sendable {
    /// What is made of the records that count.
    package enum Statistic: String, Sendable, Hashable, CaseIterable {
        /// How many there are.
        case count
        /// The sum of a number.
        case sum
        /// The mean of a number.
        case mean
        /// The share of those for which a condition holds.
        case proportion
        /// The sum of one number divided by that of another.
        case ratio

        /// How sure its values are: the method of the interval in `low` and `high`; nil for none.
        package var interval: String? {
            switch self {
            case .count, .sum, .ratio: nil
            case .mean: "Student's t, 95 %"
            case .proportion: "Wilson, 95 %"
            }
        }
    }

    /// Which values are better.
    package enum Direction: String, Sendable, Hashable, CaseIterable {
        case up
        case down
        case none
    }

    /// What is withheld when a row rests on too few records.
    package enum Suppression: String, Sendable, Hashable, CaseIterable {
        /// The row alone.
        case rows
        /// Also the smallest other row, so that nobody finds the value as a difference.
        case complementary
    }

    /// Its name: that of its file.
    package let name: String
    /// Its title by language; English is always there.
    package let titles: [String: String]
    /// What it means, for those who read it.
    package let note: String?
    package let kind: RecordKind
    package let statistic: Statistic
    /// By what it can be grouped.
    package let groups: [String]
    package let direction: Direction
    /// The unit of its values.
    package let unit: String
    /// Who answers for it.
    package let owner: String
    /// The least role that may see it.
    package let audience: MeasureAudience
    /// With fewer records a row shows no value.
    package let least: Int
    package let suppression: Suppression
    /// The texts of its conditions and expressions, by member.
    package let expressions: [(member: String, text: String)]

    let condition: MeasureExpression?
    let exclusion: MeasureExpression?
    let value: MeasureExpression?
    let divisor: MeasureExpression?
    let binding: FactBinding

    /// The groups that figures are stored by, beside agent and teams, which always are.
    let storedGroups: [String]

    /// The title in a language, or else in English.
    package func title(in locale: String?) -> String {
        let locale = locale?.lowercased() ?? "en"
        return titles[locale] ?? titles[String(locale.prefix { $0 != "-" })] ?? titles["en"] ?? name
    }

    /// What a record adds to the measure; nil if it does not count.
    ///
    /// A record counts when the condition is true and the exclusion is not, and its value is not null. A pure function.
    func contribution(of facts: BoundFacts) -> Contribution? {
        if let condition, !condition.evaluate(facts).isTrue { return nil }
        if let exclusion, exclusion.evaluate(facts).isTrue { return nil }
        switch statistic {
        case .count: return Contribution(total: 0, weight: 0)
        case .proportion:
            guard let value, case .boolean(let isTrue) = value.evaluate(facts) else { return nil }
            return Contribution(total: isTrue ? Contribution.one : 0, weight: 0)
        case .sum, .mean:
            return value.flatMap { $0.number(facts) }.map { Contribution(total: $0, weight: 0) }
        case .ratio:
            guard let total = value?.number(facts), let weight = divisor?.number(facts) else { return nil }
            return Contribution(total: total, weight: weight)
        }
    }
}

/// What one record adds to a measure.
///
/// Numbers are counted in ten-thousandths, rounded half to even, and bounded, so that sums are exact whatever their order and
/// what was added can be taken away again.
struct Contribution: Sendable, Hashable {
    /// The number 1.
    static let one: Int64 = 10_000
    /// Digits after the point.
    static let digits = 4
    /// The largest number that counts, in ten-thousandths: 100 million.
    static let largest: Int64 = 1_000_000_000_000

    let total: Int64
    let weight: Int64
}
