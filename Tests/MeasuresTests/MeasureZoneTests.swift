import AuditTrail
import BusinessCalendar
import Measures
import Storage
import Testing
import Vocabulary

/// Days begin in the time zone of the calendar in force.
@Suite struct MeasureZoneTests {
    private static let hour: Int64 = 3_600_000_000

    private func moment(_ text: String) throws -> Int64 { try #require(Timestamp(text)).microseconds }

    /// The days with contacts, each with their number.
    private func days(_ room: CountingRoom, from: String, to: String) async throws -> [String] {
        let book = try await room.measures.book()
        let definition = try #require(book["contacts"]).definition
        let question = try MeasureQuestion(
            definition,
            from: try #require(MeasureDays.day(named: from)),
            to: try #require(MeasureDays.day(named: to)),
            by: "day"
        )
        let rows = try await room.ledger.values(question, visibility: MeasureVisibility(of: CountingRoom.auditor))
        return rows.map { "\($0.key): \($0.n)" }
    }

    @Test(
        "a day of a change of the clocks has 23 or 25 hours",
        arguments: [
            // One contact an hour, counted on the days of Berlin.
            ("2026-03-28T12:00:00Z", ["2026-03-28: 11", "2026-03-29: 23", "2026-03-30: 24"]),
            ("2026-10-24T12:00:00Z", ["2026-10-24: 10", "2026-10-25: 25", "2026-10-26: 23"]),
        ]
    )
    func clocks(first: String, expected: [String]) async throws {
        let room = try CountingRoom()
        try await room.publishCalendar("Europe/Berlin")
        try await room.publish("contacts", "statistic: count")
        let start = try moment(first)
        for hour in 0..<58 {
            try await room.put(CountingRoom.contact("c\(hour)", at: start + Int64(hour) * Self.hour))
        }
        try await room.ledger.catchUp()
        let day = try #require(MeasureDays.day(named: String(first.prefix(10))))
        let rows = try await days(room, from: MeasureDays.name(of: day), to: MeasureDays.name(of: day + 3))
        #expect(rows == expected)
        for offset in 0..<3 as Range<Int64> {
            #expect(try await room.ledger.recount(day + offset, isCheck: true) == [])
        }
    }

    @Test func `a calendar with another zone has everything counted again, without a restart`() async throws {
        let room = try CountingRoom()
        try await room.ledger.adoptTimeZone()
        try await room.publish("contacts", "statistic: count")
        for hour in 0..<40 {
            try await room.put(CountingRoom.contact("c\(hour)", at: CountingRoom.noon + Int64(hour - 20) * Self.hour))
        }
        try await room.ledger.catchUp()
        let period = (from: "2026-11-16", to: "2026-11-21")
        let inUTC = ["2026-11-17: 8", "2026-11-18: 24", "2026-11-19: 8"]
        #expect(try await days(room, from: period.from, to: period.to) == inUTC)
        try await room.publishCalendar("Asia/Tokyo")
        // All but the first batch wait.
        try await room.ledger.catchUp(limit: 1)
        #expect(try await room.ledger.waiting() == 24)
        try await room.ledger.catchUp()
        #expect(try await room.ledger.waiting() == 0)
        let inTokyo = ["2026-11-18: 23", "2026-11-19: 17"]
        #expect(try await days(room, from: period.from, to: period.to) == inTokyo)
        // Other hours in the same zone move nothing.
        let source = "time_zone: Asia/Tokyo\nhours: {mon-sun: 10:00-11:00}\n"
        _ = try await room.calendar.publish(source, note: nil, by: "olga", now: CountingRoom.noon)
        #expect(try await room.ledger.catchUp() == 0)
        try await room.publishCalendar("UTC")
        try await room.ledger.catchUp()
        #expect(try await days(room, from: period.from, to: period.to) == inUTC)
        _ = try await room.calendar.rollback(to: 2, reason: "no", by: "olga", now: CountingRoom.noon)
        try await room.ledger.catchUp()
        #expect(try await days(room, from: period.from, to: period.to) == inTokyo)
    }

    @Test func `a calendar counts before the zone of the configuration, for whoever has another one`() async throws {
        let room = try CountingRoom(timeZone: "America/New_York")
        try await room.publishCalendar("Asia/Tokyo")
        try await room.publish("contacts", "statistic: count")
        try await room.put(CountingRoom.contact("a", at: CountingRoom.noon + 4 * Self.hour))
        try await room.ledger.catchUp()
        let other = try CountingRoom(timeZone: "Europe/Berlin", store: room.store, source: room.source)
        try await other.ledger.adoptTimeZone()
        #expect(try await other.ledger.catchUp() == 0)
        #expect(try await days(other, from: "2026-11-18", to: "2026-11-20") == ["2026-11-19: 1"])
        #expect(try await other.measures.days().name == "Asia/Tokyo")
    }

    @Test func `a version counts from tomorrow on the calendar's clock`() async throws {
        let room = try CountingRoom()
        try await room.publishCalendar("Asia/Tokyo")
        try await room.publish("quick", "statistic: proportion\nof: handle_seconds < 100")
        // In Tokyo it is 01:00 on the 19th.
        let now = CountingRoom.noon + 4 * Self.hour
        try await room.publish("quick", "statistic: proportion\nof: handle_seconds < 200", now: now)
        for hours in [0, 5, 29] as [Int64] {
            try await room.put(
                CountingRoom.contact("c\(hours)", seconds: 150, at: CountingRoom.noon + hours * Self.hour)
            )
        }
        try await room.ledger.catchUp()
        #expect(try await room.values("quick", by: "day", days: 0...2).map(\.value) == [0, 0, 1])
    }
}
