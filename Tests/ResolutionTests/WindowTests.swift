import Access
import Resolution
import Testing
import Vocabulary

@Suite struct WindowTests {
    /// A policy that approves everything and so shows every window there is.
    private static let open: String = {
        let uses = Window.all.map { "\($0)" }.joined(separator: ", ")
        return Office.model("{outcome: if count([\(uses)]) > 0 then \"approved\" else \"denied\"}")
    }()

    /// What the slow way remembers of a grant.
    private struct Remembered {
        let grant: Grant
        let agent: String
        let team: String
        var counts = true
    }

    private static func slow(
        _ window: Window,
        _ all: [Remembered],
        _ request: GrantRequest,
        agent: String,
        team: String,
        now: Int64
    ) -> (total: Int64, count: Int64) {
        let start = window.span.days.map { now - $0 * Office.day + 1 } ?? now - now % Office.day
        let matching = all.filter { one in
            let isScope =
                switch window.scope {
                case .customer: one.grant.customerID == request.customerID
                case .agent: one.agent == agent
                case .team: one.team == team
                case .site, .all: true
                case .reference: one.grant.reference == request.reference
                case .conversation: one.grant.conversationID == request.conversationID
                }
            return isScope && one.grant.createdAt >= start
                && one.grant.amount?.currency == request.amount?.currency
                && (!window.isSameAction || one.grant.action == request.action)
        }
        // Money that came back is out of the windows; that it was granted counts for good.
        let total = matching.filter(\.counts).reduce(0) { $0 + ($1.grant.amount?.minorUnits ?? 0) }
        return (total, Int64(matching.count))
    }

    @Test("every window equals the slow count after random grants and withdrawals", arguments: [1, 2, 3])
    func oracle(seed: UInt64) async throws {
        let office = try await Office(policy: Self.open)
        var random = SeededGenerator(seed)
        var all: [Remembered] = []
        var now = Office.start
        for step in 0..<60 {
            now +=
                [0, 1, 400_000, 70_000_000, Office.hour, Office.day, 20 * Office.day].randomElement(using: &random) ?? 0
            let agent = ["anna", "ben"].randomElement(using: &random) ?? "anna"
            let team = agent == "anna" ? "delivery" : "returns"
            let request = try Office.refund(
                "\(Int.random(in: 1...500, using: &random)).\(Int.random(in: 10...99, using: &random))",
                ["c-1", "c-2"].randomElement(using: &random) ?? "c-1",
                action: ["refund", "credit"].randomElement(using: &random) ?? "refund",
                currency: ["EUR", "USD"].randomElement(using: &random) ?? "EUR",
                order: ["1", "2"].randomElement(using: &random)
            )
            let principal = Office.agent(agent, team: team)
            try await compare(office, request, principal, all, agent: agent, team: team, now: now)
            let grant = try await office.ledger.request(request, key: "\(step)", for: principal, now: now)
            all.append(Remembered(grant: grant, agent: agent, team: team))
            if Bool.random(using: &random),
                let index = all.indices.filter({ all[$0].counts }).randomElement(using: &random)
            {
                all[index].counts = false
                let payments = Principal(subject: "payments", roles: [.integration])
                _ = try await office.ledger.settle(all[index].grant.id, result: .failed, by: payments, now: now)
            }
        }
    }

    private func compare(
        _ office: Office,
        _ request: GrantRequest,
        _ principal: Access.Principal,
        _ all: [Remembered],
        agent: String,
        team: String,
        now: Int64
    ) async throws {
        let history = try await office.ledger.evaluate(request, for: principal, now: now).facts.history
        for window in Window.all where window.scope != .conversation {
            let expected = Self.slow(window, all, request, agent: agent, team: team, now: now)
            let value = window.path.reduce(JSON.object(history)) { $0[$1] ?? .null }
            let text: String? = if case .number(let number) = value { number.text } else { nil }
            let (units, cents) = expected.total.quotientAndRemainder(dividingBy: 100)
            let total = "\(units).\(cents < 10 ? "0" : "")\(cents)"
            #expect(text == (window.measure == .count ? String(expected.count) : total), "\(window)")
        }
    }

    @Test func `what a case has nothing of is null in its history`() async throws {
        let office = try await Office(policy: Self.open)
        let history = try await office.ledger.evaluate(
            Office.refund("1.00"),
            for: Office.agent("anna"),
            now: Office.start
        )
        .facts.history
        #expect(history["reference"]?["count_90d"] == .null)
        #expect(history["conversation"]?["total_7d"] == .null)
        #expect(history["customer"]?["total_7d"] == .number(try #require(JSONNumber(text: "0.00"))))
    }

    @Test func `a day begins at midnight of the configured time zone, also when clocks change`() throws {
        let berlin = try #require(DayStart(timeZone: "Europe/Berlin"))
        let utc = try #require(DayStart(timeZone: "UTC"))
        // 2026-10-25 12:00 UTC: clocks went back at 01:00 UTC; the day began at 22:00 UTC the day before.
        let noon: Int64 = 1_792_929_600_000_000
        #expect(utc.start(of: noon) == noon - 12 * Office.hour)
        #expect(berlin.start(of: noon) == noon - 14 * Office.hour)
        #expect(berlin.start(of: noon - 14 * Office.hour) == noon - 14 * Office.hour)
        #expect(DayStart(timeZone: "Europe/Nowhere") == nil)
    }

    @Test(
        "a day is the same whatever day was asked for before",
        arguments: ["UTC", "Europe/Berlin", "America/Havana", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Beirut"]
    )
    func keptDay(zone: String) throws {
        let kept = try #require(DayStart(timeZone: zone))
        var random = SeededGenerator(UInt64(zone.utf8.count))
        // From 2010 on, which holds the day that Apia left out; steps of some hours meet every kind of border.
        var now: Int64 = 1_262_304_000_000_000
        for _ in 0..<3_000 {
            now += Int64.random(in: -2...40, using: &random) * Office.hour + Int64.random(in: -1...1, using: &random)
            let fresh = try #require(DayStart(timeZone: zone))
            let start = kept.start(of: now)
            #expect(start == fresh.start(of: now), "\(now)")
            #expect(start <= now && kept.start(of: start) == start)
        }
    }
}
