package import BusinessCalendar
import Vocabulary

/// The plan of an invented history: what happens on each day, before anything is written.
///
/// A pure function of the story, the calendar, the period and the seed. Days are planned one after the other, because agents learn
/// and customers come back; ``nextDay()`` keeps what the next days need and nothing else.
///
/// - Agents learn: with the contacts that they have handled, contacts take less time, more of them are settled, and scripts are followed
///   more closely.
/// - Customers come back: more often when nothing was settled, and then about the same thing.
/// - An incident raises the number of contacts about its topic, in a worse mood and with less that can be done.
package struct HistoryPlan {
    package let story: Story
    package let period: HistoryPeriod
    package let roster: Roster
    package let incidents: [DatedIncident]
    package let releases: [PlannedRelease]
    /// How many contacts there are.
    package let total: Int
    let seed: UInt64

    let calendar: BusinessCalendar
    private let population: Population
    private let counts: ContactCounts
    private var day: Int64
    private var number = 0
    /// The contacts that each person has handled in this history.
    private var handled: [Int]
    /// When each person is free again.
    private var freeAt: [Int64]
    private var returns: [Int64: [Return]] = [:]

    /// A customer who will come back.
    private struct Return {
        let customer: Int
        let topic: Int
        let contact: String
        let last: Int64
    }

    /// Chances to come back about the same thing within a week.
    private static let (returnsUnresolved, returnsResolved, meanWait, week) = (0.34, 0.03, 2.0, 6)
    /// At most this share of a day's contacts about a topic are such returns.
    private static let returnShare = 0.5

    /// Makes a plan.
    ///
    /// - Parameters:
    ///   - story: what is told.
    ///   - calendar: hours, holidays, freezes and peaks.
    ///   - period: the days.
    ///   - contacts: how many; nil for those of the story, in proportion to the days.
    ///   - seed: what it is drawn with.
    package init(
        _ story: Story,
        _ calendar: BusinessCalendar,
        _ period: HistoryPeriod,
        contacts: Int? = nil,
        seed: UInt64
    ) {
        (self.story, self.calendar, self.period, self.seed) = (story, calendar, period, seed)
        total = contacts ?? max(1, story.contacts * period.days.count / 365)
        incidents = DatedIncident.all(story, in: period)
        roster = Roster(story, period, seed: seed)
        // As many as a whole year of such days would have, so that chance brings nobody back sooner in a short history.
        let yearly = max(total, total * 365 / period.days.count)
        population = Population(story, contacts: yearly, seed: seed, first: period.first)
        counts = ContactCounts(story, calendar, period, incidents, total: total)
        releases = Self.releases(story, calendar, period)
        day = period.first
        handled = Array(repeating: 0, count: roster.people.count)
        freeAt = Array(repeating: .min, count: roster.people.count)
    }

    /// The contacts of the next day in the order in which they begin; nil after the last day.
    package mutating func nextDay() -> (day: Int64, contacts: [PlannedContact])? {
        guard day <= period.last else { return nil }
        defer { day += 1 }
        var dice = Dice(seed, .day, UInt64(day - period.first))
        let due = returns.removeValue(forKey: day) ?? []
        var slots: [(at: Int64, topic: Int, back: Return?)] = []
        for topic in counts.topics.indices {
            let count = counts.count(day, topic)
            let waiting = due.filter { $0.topic == topic }
            let coming = waiting.prefix(Int((Double(count) * Self.returnShare).rounded(.up)))
            // Who does not get through tries again on the next day, as long as the week lasts.
            for back in waiting.dropFirst(coming.count) where day < back.last {
                returns[day + 1, default: []].append(back)
            }
            for slot in 0..<count {
                let back = slot < coming.count ? coming[slot] : nil
                slots.append((moment(for: topic, &dice), topic, back))
            }
        }
        slots.sort { ($0.at, $0.topic) < ($1.at, $1.topic) }
        return (day, slots.map { contact(at: $0.at, $0.topic, $0.back) })
    }

    /// A moment within the hours of the topic's team, more often when many customers call.
    private func moment(for topic: Int, _ dice: inout Dice) -> Int64 {
        let hours = calendar.hours(of: story.topics[counts.topics[topic]]?.team)
        let attempts = 200
        var moment = period.moment(day, 12 * 3_600)
        for _ in 0..<attempts {
            moment = period.moment(day, dice.index(story.hours) * 3_600 + dice.below(3_600))
            if hours.isOpen(at: Timestamp(microseconds: moment)) { return moment }
        }
        // Hours in which hardly anybody calls, on a short day: the beginning of the day's hours.
        let start = Timestamp(microseconds: period.start(of: day))
        let opening = hours.nextOpening(after: start)?.microseconds ?? moment
        return opening + Int64(dice.below(3_600)) * 1_000_000
    }

    // MARK: One contact

    private mutating func contact(at: Int64, _ index: Int, _ back: Return?) -> PlannedContact {
        number += 1
        let name = counts.topics[index]
        var dice = Dice(seed, .contact, UInt64(number))
        let incident = incidents.first { $0.holds(on: day, topic: name) }
        let customer = back?.customer ?? dice.below(population.count)
        let agent = agent(for: name, at: at, &dice)
        let maker = ContactMaker(
            story: story,
            topic: story.topics[name],
            topicName: name,
            incident: incident,
            effects: releases.filter { $0.release.topic == name && $0.at <= at }.map(\.release),
            skill: skill(of: agent),
            person: roster.people[agent],
            customer: population.customer(customer),
            colleagues: roster.numbers(of: roster.people[agent].team, .agent, on: day).filter { $0 != agent }
        )
        let id = "demo-\(String(1_000_000 + number).dropFirst())"
        let contact = maker.contact(number: number, id: id, at: at, agent: agent, continues: back?.contact, &dice)
        handled[agent] += 1
        freeAt[agent] = at + Int64(contact.seconds) * 1_000_000
        if dice.chance(contact.isResolved ? Self.returnsResolved : Self.returnsUnresolved) {
            let wait = min(Self.week, 1 + Int(dice.wait(Self.meanWait)))
            returns[day + Int64(wait), default: []].append(
                Return(customer: customer, topic: index, contact: id, last: day + Int64(Self.week))
            )
        }
        return contact
    }

    /// Somebody of the team who is free, or else who is free first.
    private func agent(for topic: String, at: Int64, _ dice: inout Dice) -> Int {
        let team = story.topics[topic]?.team ?? ""
        let all = roster.numbers(of: team, .agent, on: day)
        let free = all.filter { freeAt[$0] <= at }
        // A story has agents in each team of a topic, and whoever leaves is replaced before.
        return free.isEmpty ? all.min { freeAt[$0] < freeAt[$1] } ?? 0 : dice.pick(free)
    }

    /// From 0 for somebody without experience to almost 1.
    private func skill(of person: Int) -> Double {
        Learning.skill(after: roster.people[person].experience + Double(handled[person]))
    }

    // MARK: Releases

    /// Half past seven in the morning of the first day from its own on that no freeze forbids.
    private static func releases(
        _ story: Story,
        _ calendar: BusinessCalendar,
        _ period: HistoryPeriod
    ) -> [PlannedRelease] {
        let (morning, longestFreeze) = (7 * 3_600 + 1_800, Int64(60))
        return story.releases.flatMap { release in
            period.days(named: release.on).compactMap { day in
                let what: Freeze.Release = release.script == nil ? .articles : .scripts
                return (day...min(period.last, day + longestFreeze)).lazy.map { period.moment($0, morning) }
                    .first { calendar.freeze(of: what, at: Timestamp(microseconds: $0)) == nil }
                    .map { PlannedRelease(at: $0, release: release) }
            }
        }.sorted { $0.at < $1.at }
    }
}

/// How experience changes what somebody does.
enum Learning {
    /// So many contacts bring somebody two thirds of the way.
    private static let contacts = 320.0
    /// The time of a beginner compared with that of an old hand, and the step from one to the other.
    private static let (beginner, step) = (1.6, 0.6)

    static func skill(after handled: Double) -> Double { 1 - 1 / (1 + handled / contacts) }

    /// What a contact takes compared with the seconds of its topic.
    static func pace(_ skill: Double) -> Double { beginner - step * skill }
}
