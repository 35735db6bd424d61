import AuditTrail
import BusinessCalendar
import Storage
import Testing
import Vocabulary
import WorkItems

/// Clocks, pauses, reminders and ladders, with a clock that only the test moves.
@Suite struct WorkTimeTests {
    private static func moment(_ text: String) throws -> Int64 { try #require(Timestamp(text)).microseconds }

    /// Dublin's office hours: the clock goes forward at 01:00 UTC on Sunday 29 March 2026 and back on Sunday 25 October.
    private static func dublin() throws -> BusinessCalendar {
        try BusinessCalendar(
            yaml: "time_zone: Europe/Dublin\nhours: {mon-fri: 09:00-17:00, sun: 00:00-04:00}\n",
            file: "c.yaml"
        )
    }

    @Test func `clocks run in business time over the change to summer time`() async throws {
        let world = try await WorkWorld(hours: try Self.dublin())
        // Friday 16:00 in Dublin: an hour today, three on Sunday (four by the clock, of which one is skipped).
        world.now = try Self.moment("2026-03-27T16:00:00Z")
        let item = try await world.create()
        #expect(item.response.dueAt == (try Self.moment("2026-03-27T17:00:00Z")))
        #expect(item.completion.dueAt == (try Self.moment("2026-03-29T03:00:00Z")))
        #expect(item.completion.reminders == [try Self.moment("2026-03-29T02:00:00Z")])
    }

    @Test func `a wait moves what is to come by the business time waited, over the change to winter time`() async throws
    {
        let world = try await WorkWorld(hours: try Self.dublin())
        // Friday 16:00 in Dublin, which is 15:00 UTC: an hour, then five on Sunday, where one comes twice, then two on Monday.
        world.now = try Self.moment("2026-10-23T15:00:00Z")
        let item = try await world.create("complaint")
        #expect(item.completion.dueAt == (try Self.moment("2026-10-26T11:00:00Z")))
        try await world.apply(.wait(until: nil, note: nil), to: item.id)
        // The whole of Sunday passes: six hours of business time with the last one of Friday.
        world.now = try Self.moment("2026-10-26T08:00:00Z")
        #expect(try await world.desk.elapse(to: world.now) == 0)
        let resumed = try await world.apply(.resume(note: nil), to: item.id)
        #expect(resumed.completion.dueAt == (try Self.moment("2026-10-26T17:00:00Z")))
    }

    @Test func `clocks that do not pause go on while its owner waits`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create()
        try await world.apply(.wait(until: nil, note: nil), to: item.id)
        world.advance(hours: 5)
        try await world.desk.elapse(to: world.now)
        #expect(try await world.item(item.id).completion.breachedAt == item.completion.dueAt)
    }

    @Test func `a wait ends at the moment given, however late the timer looks`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create("complaint")
        let until = world.now + 2 * 3_600_000_000
        try await world.apply(.wait(until: until, note: nil), to: item.id)
        world.advance(hours: 6)
        try await world.desk.elapse(to: world.now)
        let now = try await world.item(item.id)
        #expect(now.state == .claimed && now.waitingSince == nil)
        #expect(now.completion.dueAt == item.completion.dueAt.map { $0 + 2 * 3_600_000_000 })
        #expect(try await world.history(item.id) == [.created, .waiting, .resumed])
    }

    @Test func `what is foreseen and what is late is told once each, in order`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create()
        for _ in 0..<120 {
            world.advance(hours: 0.1)
            try await world.desk.elapse(to: world.now)
            try await world.desk.elapse(to: world.now)
        }
        let expected: [WorkEventKind] = [.created, .dueSoon, .breached, .escalated, .dueSoon, .breached]
        #expect(try await world.history(item.id) == expected)
        let late = try await world.item(item.id)
        #expect(late.response.breachedAt == item.response.dueAt && late.completion.breachedAt == item.completion.dueAt)
        // Nobody owned it, so the ladder began with the lead, and handed it over an hour later.
        #expect(late.team == "billing" && late.rung == 3)
        // A server that was down for all that time tells the same.
        let other = try await WorkWorld()
        try await other.create()
        other.advance(hours: 12)
        try await other.desk.elapse(to: other.now)
        #expect(try await other.history(item.id) == expected)
    }

    @Test func `an owner is reminded before others are called`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create()
        try await world.apply(.claim, to: item.id)
        world.advance(hours: 4)
        try await world.desk.elapse(to: world.now)
        let first = try await world.desk.file(item.id, for: WorkWorld.olga).history.last
        #expect(first?.event == .breached && first?.clock == .done && first?.audience == .owner)
        world.advance(hours: 2)
        try await world.desk.elapse(to: world.now)
        let last = try await world.desk.file(item.id, for: WorkWorld.olga)
        #expect(last.history.suffix(2).map(\.audience) == [.lead, .team])
        #expect(last.item.owner == nil && last.item.state == .open && last.history.last?.formerOwner == "anna")
        world.advance(hours: 1_000)
        #expect(try await world.desk.elapse(to: world.now) == 0)
    }

    @Test func `promised moments stand in for the clocks`() async throws {
        let world = try await WorkWorld()
        let promised = world.now + 90 * 60_000_000
        let item = try await world.create { $0.promised = [.done: promised] }
        #expect(item.completion.dueAt == promised && item.completion.reminders == [promised - 3_600_000_000])
        await #expect(throws: WorkError.self) { try await world.create { $0.promised = [.done: world.now] } }
    }

    @Test func `an item keeps the clocks and fields of its version`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create()
        let changed = WorkWorld.kinds.replacing("4h", with: "2h").replacing("reached, missed", with: "spoken_to")
        _ = try await world.desk.kinds.publish(changed, note: nil, by: "olga", now: world.now)
        let newer = try await world.create()
        #expect(item.kindVersion == 1 && newer.kindVersion == 2)
        #expect(try await world.item(item.id).completion.dueAt == item.completion.dueAt)
        try await world.apply(.complete(outcome: ["result": "reached"], note: nil), to: item.id)
        await #expect(throws: WorkError.self) {
            try await world.apply(.complete(outcome: ["result": "reached"], note: nil), to: newer.id)
        }
    }

    @Test func `work without clocks is never late`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create("note", by: WorkWorld.carl)
        world.advance(hours: 10_000)
        #expect(try await world.desk.elapse(to: world.now) == 0)
        #expect(item.dueAt == nil && item.secondsLeft(at: world.now) == nil)
    }
}
