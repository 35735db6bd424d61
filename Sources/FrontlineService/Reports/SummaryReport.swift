import Conversations
import FrontlineProtocol
import Measures
import Vocabulary

/// Accumulates the counts of the summary report by row.
struct SummaryReport {
    typealias Group = ReportSummary.Group

    /// The attributes by which an item is assigned to a row.
    struct Place: Sendable, Hashable {
        var agent: String?
        var teams: [String]
        var channel: String?
        /// The time, in microseconds since 1970.
        var at: Int64

        /// Creates the place of a conversation.
        init(_ fact: ContactFact) {
            (agent, teams, channel, at) = (fact.agent, fact.teams, fact.channel, fact.openedAt)
        }

        init(agent: String?, teams: [String], channel: String?, at: Int64) {
            (self.agent, self.teams, self.channel, self.at) = (agent, teams, channel, at)
        }
    }

    /// The status of a request for which nothing has been granted.
    enum Withheld: Sendable {
        case pending, denied, rejected
    }

    private struct Row {
        var contacts = 0
        var seconds: [Int64] = []
        var moodStart = Mean()
        var moodEnd = Mean()
        var alerts: [String: Int] = [:]
        var grants = 0
        var amounts: [String: MoneySum] = [:]
        var pending = 0
        var denied = 0
        var rejected = 0
        var deviations = 0
        var resolved = 0
        var unresolved = 0
        var searches = 0
        var searchesWithoutConversation: Int?
        var used = 0
    }

    private let group: Group?
    private let days: MeasureDays
    private var rows: [String: Row] = [:]

    init(group: Group?, days: MeasureDays) {
        self.group = group
        self.days = days
    }

    mutating func add(_ fact: ContactFact) {
        update(Place(fact)) { row in
            row.contacts += 1
            if let closed = fact.closedAt { row.seconds.append(max(0, closed - fact.openedAt)) }
            if let mood = fact.moodStart { row.moodStart.add(mood) }
            if let mood = fact.moodEnd { row.moodEnd.add(mood) }
            switch fact.isResolved {
            case true?: row.resolved += 1
            case false?: row.unresolved += 1
            case nil: break
            }
        }
    }

    mutating func add(alerts count: Int, outcome: String, at place: Place) {
        update(place) { $0.alerts[outcome, default: 0] += count }
    }

    mutating func add(granted amount: MoneySum?, at place: Place) {
        update(place) { row in
            row.grants += 1
            if let amount { row.amounts[amount.currency, default: amount.none].minorUnits += amount.minorUnits }
        }
    }

    /// Adds a request for which nothing has been granted.
    mutating func add(withheld request: Withheld, at place: Place) {
        update(place) { row in
            switch request {
            case .pending: row.pending += 1
            case .denied: row.denied += 1
            case .rejected: row.rejected += 1
            }
        }
    }

    /// Adds searches without a conversation: by their time, or otherwise under the key for items without an owner.
    mutating func add(searchesWithoutConversation count: Int, at: Int64) {
        update(Place(agent: nil, teams: [], channel: nil, at: at)) { row in
            row.searchesWithoutConversation = (row.searchesWithoutConversation ?? 0) + count
        }
    }

    mutating func add(deviations: Int = 0, searches: Int = 0, used: Int = 0, at place: Place) {
        update(place) { row in
            row.deviations += deviations
            row.searches += searches
            row.used += used
        }
    }

    private mutating func update(_ place: Place, _ change: (inout Row) -> Void) {
        for key in keys(of: place) { change(&rows[key, default: Row()]) }
    }

    private func keys(of place: Place) -> [String] {
        switch group {
        case nil: ["all"]
        case .agent: [place.agent ?? ""]
        case .team: place.teams.isEmpty ? [""] : place.teams
        case .channel: [place.channel ?? ""]
        case .hour: [Timestamp(microseconds: place.at - place.at % 3_600_000_000).description]
        case .day: [MeasureDays.name(of: days.day(of: place.at))]
        case .week: [MeasureDays.week(of: days.day(of: place.at))]
        }
    }

    /// The rows, sorted by key.
    var result: [ReportSummary.Row] {
        rows.sorted { $0.key < $1.key }.map { key, row in
            ReportSummary.Row(
                key: key,
                contacts: row.contacts,
                medianSeconds: Self.median(row.seconds).map { $0 / 1_000_000 },
                moodStart: row.moodStart.value.map(Mood.rounded),
                moodEnd: row.moodEnd.value.map(Mood.rounded),
                alerts: row.alerts,
                resolutions: .init(
                    count: row.grants,
                    amounts: row.amounts.values.sorted { $0.currency < $1.currency }
                        .map { .init(amount: $0.text, currency: $0.currency) },
                    pending: row.pending,
                    denied: row.denied,
                    rejected: row.rejected
                ),
                deviations: row.deviations,
                resolved: row.resolved,
                unresolved: row.unresolved,
                resolvedRate: Self.rate(row.resolved, of: row.resolved + row.unresolved),
                searches: row.searches,
                searchesWithoutConversation: row.searchesWithoutConversation,
                used: row.used
            )
        }
    }

    /// A share, rounded to a hundredth of a percent; nil if `whole` is 0.
    private static func rate(_ part: Int, of whole: Int) -> Double? {
        whole == 0 ? nil : (Double(part) / Double(whole) * 10_000).rounded() / 10_000
    }

    /// The median; nil for no values.
    private static func median(_ values: [Int64]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
    }
}

/// A running mean.
private struct Mean {
    private var sum = 0.0
    private var count = 0

    mutating func add(_ value: Double) {
        sum += value
        count += 1
    }

    var value: Double? { count == 0 ? nil : sum / Double(count) }
}

/// A sum of amounts in one currency, exact.
struct MoneySum: Sendable, Hashable {
    let currency: String
    /// Decimal places of the currency.
    let digits: Int
    var minorUnits: Int64

    /// Zero in the same currency.
    var none: MoneySum { MoneySum(currency: currency, digits: digits, minorUnits: 0) }

    /// The sum as decimal text with all decimal places.
    var text: String {
        let figures = String(minorUnits)
        guard digits > 0 else { return figures }
        let padded = String(repeating: "0", count: max(0, digits + 1 - figures.count)) + figures
        return padded.dropLast(digits) + "." + padded.suffix(digits)
    }
}
