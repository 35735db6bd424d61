import BusinessCalendar
import DemoHistory
import Testing
import Vocabulary

/// What a plan promises, counted again in the simplest way.
@Suite struct PlanTests {
    private typealias Planned = (day: Int64, contact: PlannedContact)

    /// A year of 12,000 contacts, planned once for all tests.
    private static let year: Result<(plan: HistoryPlan, contacts: [(day: Int64, contact: PlannedContact)]), any Error> =
        Result {
            let plan = try Samples.plan()
            return (plan, Samples.contacts(plan))
        }

    private let plan: HistoryPlan
    private let contacts: [Planned]

    init() throws { (plan, contacts) = try Self.year.get() }

    private static func mean(_ values: some Collection<Double>) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    @Test func `a year has as many contacts as are wanted, in the order of time`() {
        #expect(plan.total == 12_000)
        #expect(contacts.count == 12_000)
        #expect(contacts.map(\.contact.number) == Array(1...12_000))
        for (before, after) in zip(contacts, contacts.dropFirst()) { #expect(before.contact.at <= after.contact.at) }
    }

    @Test func `without a number, the story says how many contacts a year has`() throws {
        #expect(try Samples.plan(contacts: nil).total == 100_000)
        #expect(try Samples.plan(days: 10, contacts: nil).total == 2_739)
    }

    @Test func `every contact begins within the hours of its team`() throws {
        let calendar = try Samples.calendar()
        for (day, contact) in contacts {
            #expect(calendar.hours(of: contact.team).isOpen(at: Timestamp(microseconds: contact.at)), "\(contact.id)")
            #expect(plan.period.day(of: contact.at) == day)
        }
    }

    @Test func `nobody calls on holidays, and Mondays are busier than Saturdays`() {
        let byDay = Dictionary(grouping: contacts, by: \.day)
        for name in ["2025-12-25", "2026-01-01", "2026-05-01", "2026-10-03"] {
            let found = HistoryPeriod.day(named: name).flatMap { byDay[$0] } ?? []
            // The fraud desk has no holidays of its own in the sample, but shares those of the company.
            #expect(found.isEmpty, "\(name)")
        }
        // 1970-01-01 was a Thursday.
        func total(weekday: Int64) -> Int { contacts.count { ($0.day + 3) % 7 == weekday } }
        #expect(total(weekday: 0) > total(weekday: 2))
        #expect(total(weekday: 2) > total(weekday: 5))
        #expect(total(weekday: 5) > total(weekday: 6))
    }

    @Test func `the weeks before Christmas are busier than those of summer`() throws {
        func total(_ first: String, _ last: String) throws -> Int {
            let days = try #require(HistoryPeriod.day(named: first))...#require(HistoryPeriod.day(named: last))
            return contacts.count { days.contains($0.day) }
        }
        #expect(try total("2025-12-08", "2025-12-21") > total("2026-08-03", "2026-08-16") * 5 / 4)
    }

    @Test(arguments: ["depot-fire", "bill-run", "price-letter"])
    func `an incident raises its topic and worsens moods`(name: String) throws {
        let incident = try #require(plan.incidents.first { $0.name == name })
        let about = contacts.filter { $0.contact.topic == incident.topic }
        let (during, other) = (
            about.filter { (incident.first...incident.last).contains($0.day) },
            about.filter { !(incident.first...incident.last).contains($0.day) }
        )
        let perDay = Double(during.count) / Double(incident.last - incident.first + 1)
        let usual = Double(other.count) / Double(365 - (incident.last - incident.first + 1))
        #expect(perDay > 2 * usual)
        #expect(during.allSatisfy { $0.contact.incident == name })
        func calm(_ contacts: [Planned]) -> Double { Self.mean(contacts.map { $0.contact.mood == .calm ? 1 : 0 }) }
        func resolved(_ contacts: [Planned]) -> Double { Self.mean(contacts.map { $0.contact.isResolved ? 1 : 0 }) }
        #expect(calm(during) < calm(other) - 0.1)
        if name != "price-letter" { #expect(resolved(during) < resolved(other)) }
    }

    @Test func `agents take less time with the contacts that they have handled`() {
        var handled: [Int: Int] = [:]
        var (early, late): ([PlannedContact], [PlannedContact]) = ([], [])
        for (_, contact) in contacts {
            let before = handled[contact.agent, default: 0]
            handled[contact.agent] = before + 1
            // Only those who began in this year are beginners for certain.
            guard plan.roster.people[contact.agent].starts > plan.period.first, contact.incident == nil else {
                continue
            }
            if before < 25 { early.append(contact) } else if before >= 60 { late.append(contact) }
        }
        #expect(early.count > 200 && late.count > 200)
        #expect(Self.mean(late.map { Double($0.seconds) }) < 0.97 * Self.mean(early.map { Double($0.seconds) }))
    }

    @Test func `customers come back more often when nothing was settled`() {
        // By a plain look at all later contacts of the customer, and not by what the plan says of itself.
        let byCustomer = Dictionary(grouping: contacts, by: \.contact.customer.id)
        func repeats(_ isResolved: Bool) -> Double {
            Self.mean(
                contacts.filter { $0.contact.isResolved == isResolved && $0.day <= plan.period.last - 7 }.map { one in
                    let comes = byCustomer[one.contact.customer.id, default: []].contains {
                        $0.contact.at > one.contact.at && $0.day - one.day <= 7
                    }
                    return comes ? 1 : 0
                }
            )
        }
        #expect(repeats(false) > repeats(true) + 0.15)
    }

    @Test func `a contact that continues another is about the same, for the same customer, within a week`() throws {
        let byID = Dictionary(uniqueKeysWithValues: contacts.map { ($0.contact.id, $0) })
        let continuing = contacts.filter { $0.contact.continues != nil }
        #expect(continuing.count > 500)
        for one in continuing {
            let first = try #require(byID[one.contact.continues ?? ""])
            #expect(first.contact.customer == one.contact.customer)
            #expect(first.contact.topic == one.contact.topic)
            #expect((1...7).contains(one.day - first.day))
        }
    }

    @Test func `people handle contacts only while they work here`() {
        for (day, contact) in contacts {
            let person = plan.roster.people[contact.agent]
            #expect(person.starts <= day && person.leaves.map { day <= $0 } ?? true)
            #expect(person.team == contact.team && person.job == .agent)
        }
        #expect(Set(plan.roster.people.map(\.subject)).count == plan.roster.people.count)
        #expect(plan.roster.people.contains { $0.leaves != nil })
        let working = plan.roster.people.count { $0.job == .agent && $0.starts == plan.period.first }
        #expect(working == 60)
    }

    @Test func `scripts are followed more closely after they have changed`() throws {
        let release = try #require(HistoryPeriod.day(named: "2026-03-20"))
        let fire = try #require(plan.incidents.first { $0.name == "depot-fire" })
        let scripts = contacts.filter { $0.contact.topic == "late_parcel" && $0.contact.script != nil }
        func follows(_ contacts: [Planned]) -> Double {
            Self.mean(contacts.map { $0.contact.script?.leavesAfter == nil ? 1 : 0 })
        }
        let (before, after) = (scripts.filter { $0.day < fire.first }, scripts.filter { $0.day >= release })
        #expect(follows(after) > follows(before) + 0.08)
    }

    @Test func `changes are published outside of freezes`() throws {
        let calendar = try Samples.calendar()
        #expect(plan.releases.count == 4)
        for release in plan.releases {
            #expect(calendar.freeze(at: Timestamp(microseconds: release.at)) == nil)
        }
    }

    @Test func `everything that is said has its slots filled, and some of it is German`() {
        for (_, contact) in contacts {
            #expect(!contact.turns.isEmpty)
            for turn in contact.turns { #expect(!turn.text.isEmpty && !turn.text.contains("{"), "\(turn.text)") }
        }
        let german = Double(contacts.count { $0.contact.locale == "de" }) / Double(contacts.count)
        #expect((0.03...0.15).contains(german))
    }

    @Test func `the same seed plans the same, another one something else`() throws {
        func plan(_ seed: UInt64) throws -> [PlannedContact] {
            Samples.contacts(try Samples.plan(last: "2026-03-20", days: 20, contacts: 400, seed: seed)).map(\.contact)
        }
        let first = try plan(7)
        #expect(try plan(7) == first)
        #expect(try plan(8) != first)
    }
}
