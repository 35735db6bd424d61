import Vocabulary

/// Exact sums of contributions: a number, a sum, a sum of squares and a sum of weights.
///
/// Numbers are in ten-thousandths, squares in their squares. Adding and taking away commute, so sums do not depend on the order
/// in which records change.
struct Sums: Sendable, Hashable {
    var n: Int64 = 0
    var total: Int128 = 0
    var squares: Int128 = 0
    var weight: Int128 = 0

    mutating func add(_ other: Sums) {
        n += other.n
        total += other.total
        squares += other.squares
        weight += other.weight
    }

    /// The sums of one contribution.
    init(_ contribution: Contribution) {
        n = 1
        total = Int128(contribution.total)
        squares = total * total
        weight = Int128(contribution.weight)
    }

    init() {}

    init(n: Int64, total: Int64, squares: SquareParts, weight: Int64) {
        self.n = n
        self.total = Int128(total)
        self.squares = squares.value
        self.weight = Int128(weight)
    }
}

/// A sum of squares in two integers that databases can add: the value is `high`·2⁴⁰ + `low`.
///
/// A square is at most 10²⁴, so eight million of them fit whatever the carry.
struct SquareParts: Sendable, Hashable {
    private static let shift: Int128 = 40

    let high: Int64
    let low: Int64

    init(high: Int64, low: Int64) { (self.high, self.low) = (high, low) }

    /// The parts of the square of a number.
    init(squaring number: Int64) {
        let square = Int128(number) * Int128(number)
        high = Int64(square >> Self.shift)
        low = Int64(square & ((1 << Self.shift) - 1))
    }

    var value: Int128 { (Int128(high) << Self.shift) + Int128(low) }
}

/// What a record was counted as in one measure.
struct Point: Sendable, Hashable {
    let measure: String
    let version: Int64
    /// The groups beside agent and team, one `name=value` a line.
    let place: String
    let contribution: Contribution
}

/// A record as it was counted.
struct CountedRecord: Sendable, Hashable {
    let id: String
    let day: Int64
    let at: Int64
    let conversation: String?
    /// Empty for nobody.
    let agent: String
    /// One a line.
    let teams: String
    let points: [Point]
}

/// Where sums are kept: a day of a measure, by agent, teams and other groups.
struct SumKey: Sendable, Hashable {
    let measure: String
    let version: Int64
    let day: Int64
    let agent: String
    let teams: String
    let place: String

    init(_ record: CountedRecord, _ point: Point) {
        (measure, version, place) = (point.measure, point.version, point.place)
        (day, agent, teams) = (record.day, record.agent, record.teams)
    }

    init(measure: String, version: Int64, day: Int64, agent: String, teams: String, place: String) {
        (self.measure, self.version, self.day) = (measure, version, day)
        (self.agent, self.teams, self.place) = (agent, teams, place)
    }
}

/// The groups of a record in columns of text.
enum Place {
    /// A name on one line.
    static func line(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }

    static func lines(_ names: [String]) -> String { names.map(line).joined(separator: "\n") }

    static func names(_ lines: String) -> [String] { lines.split(separator: "\n").map(String.init) }

    /// The value of a group in a place; empty if it has none.
    static func value(of group: String, in place: String) -> String {
        for line in place.split(separator: "\n") where line.hasPrefix(group + "=") {
            return String(line.dropFirst(group.count + 1))
        }
        return ""
    }

    /// The groups of a record that a definition stores.
    static func of(_ record: FactRecord, _ groups: [String]) -> String {
        groups.compactMap { group in
            let value: String? =
                switch record.values[group] {
                case .text(let text)?: text
                default: group == "channel" ? record.channel : nil
                }
            return value.map { "\(group)=\(line($0))" }
        }.joined(separator: "\n")
    }
}
