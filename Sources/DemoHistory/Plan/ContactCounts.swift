import BusinessCalendar
import Vocabulary

/// How many contacts there are on each day about each topic.
///
/// Expected numbers follow weekdays, months, the peaks and hours of the calendar and the incidents of the story; they are rounded so
/// that all of them together are exactly the number wanted.
package struct ContactCounts {
    /// The topics in the order of their names.
    let topics: [String]
    private let counts: [Int]
    private let first: Int64

    private static let (usualDay, noon) = (12.0 * 3_600, 13 * 3_600)

    init(
        _ story: Story,
        _ calendar: BusinessCalendar,
        _ period: HistoryPeriod,
        _ incidents: [DatedIncident],
        total: Int
    ) {
        topics = story.topics.keys.sorted()
        first = period.first
        var expected: [Double] = []
        for day in period.days {
            let weekday = story.weekdays[
                ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][HistoryPeriod.weekday(of: day)]
            ]
            let usual = weekday * story.months[HistoryPeriod.month(of: day)]
            for name in topics {
                guard let topic = story.topics[name] else { continue }
                let (start, end) = (period.start(of: day), period.start(of: day + 1))
                let open = calendar.hours(of: topic.team)
                    .duration(from: Timestamp(microseconds: start), to: Timestamp(microseconds: end))
                let share = min(1, Double(open.components.seconds) / Self.usualDay)
                let peak = calendar.peak(at: Timestamp(microseconds: period.moment(day, Self.noon)), team: topic.team)
                let factor = incidents.filter { $0.holds(on: day, topic: name) }.map(\.incident.factor).max() ?? 1
                expected.append(topic.share * usual * share * peak * factor)
            }
        }
        counts = Self.rounded(expected, total: total)
    }

    /// The number of contacts of a day about a topic, by the topic's number.
    func count(_ day: Int64, _ topic: Int) -> Int { counts[Int(day - first) * topics.count + topic] }

    /// Whole numbers in the same proportions, whose sum is `total`: the largest remainders are rounded up.
    package static func rounded(_ expected: [Double], total: Int) -> [Int] {
        let sum = expected.reduce(0, +)
        // Every desk is closed on all days.
        guard sum > 0 else { return expected.map { _ in 0 } }
        let exact = expected.map { $0 / sum * Double(total) }
        var whole = exact.map { Int($0) }
        let missing = total - whole.reduce(0, +)
        let order = exact.indices.sorted { left, right in
            let (a, b) = (exact[left] - Double(whole[left]), exact[right] - Double(whole[right]))
            return a == b ? left < right : a > b
        }
        for index in order.prefix(max(0, missing)) { whole[index] += 1 }
        return whole
    }
}

/// An incident of the story with its days.
package struct DatedIncident: Sendable {
    let incident: Story.Incident
    package let first: Int64
    package let last: Int64

    package var name: String { incident.name }
    package var topic: String { incident.topic }

    func holds(on day: Int64, topic: String) -> Bool { topic == incident.topic && (first...last).contains(day) }

    /// The incidents of a period; one that begins before it or goes on after it has its days within.
    static func all(_ story: Story, in period: HistoryPeriod) -> [DatedIncident] {
        story.incidents.flatMap { incident in
            period.days(named: incident.from).map { day in
                DatedIncident(incident: incident, first: day, last: min(period.last, day + Int64(incident.days) - 1))
            }
        }.sorted { ($0.first, $0.name) < ($1.first, $1.name) }
    }
}
