import Access
import Resolution
import Testing
import Vocabulary

/// What of the past counts in a window, at its very border.
@Suite struct WindowReadingTests {
    private static let open: String = {
        let uses = Window.all.map { "\($0)" }.joined(separator: ", ")
        return Office.model(
            """
            {outcome: if count([\(uses)]) = 0 then "denied" else if request.amount > 250 then "approval_required"
            else if request.amount = 13 then "denied" else "approved", approver_tier: 2}
            """
        )
    }()

    private static func figure(_ history: JSONObject, _ window: Window) -> String? {
        let value = window.path.reduce(JSON.object(history)) { $0[$1] ?? .null }
        return if case .number(let number) = value { number.text } else { nil }
    }

    private func history(
        _ office: Office,
        _ principal: Principal = Office.agent("anna"),
        now: Int64
    ) async throws -> JSONObject {
        try await office.ledger.evaluate(Office.refund("1.00"), for: principal, now: now).facts.history
    }

    @Test(
        "a grant counts for as many days of 24 hours as the window has, and not a microsecond longer",
        arguments: [(WindowSpan.days1, 1), (.days7, 7), (.days30, 30), (.days90, 90), (.days365, 365)]
            as [(WindowSpan, Int64)]
    )
    func days(span: WindowSpan, days: Int64) async throws {
        let office = try await Office(policy: Self.open)
        _ = try await office.ledger.request(
            Office.refund("10.00"),
            key: "k",
            for: Office.agent("anna"),
            now: Office.start
        )
        let end = Office.start + days * Office.day
        for (now, count, total) in [(end - 1, "1", "10.00"), (end, "0", "0.00")] {
            let history = try await history(office, now: now)
            #expect(Self.figure(history, Window(.customer, .count, span)) == count)
            #expect(Self.figure(history, Window(.customer, .total, span)) == total)
        }
    }

    @Test("today begins with the first microsecond of the day", arguments: [(Int64(-1), "0"), (0, "1"), (1, "1")])
    func today(offset: Int64, count: String) async throws {
        let office = try await Office(policy: Self.open)
        let midnight = (Office.start / Office.day + 1) * Office.day
        _ = try await office.ledger.request(
            Office.refund("10.00"),
            key: "k",
            for: Office.agent("anna"),
            now: midnight + offset
        )
        let history = try await history(office, now: midnight + Office.hour)
        #expect(Self.figure(history, Window(.agent, .count, .today)) == count)
        #expect(Self.figure(history, Window(.agent, .count, .days1)) == "1")
    }

    @Test func `of an agent in several teams the largest sum counts`() async throws {
        let office = try await Office(policy: Self.open)
        for (agent, team, amount, order) in [
            ("ben", "delivery", "10.00", "1"), ("ben", "delivery", "10.00", "2"), ("carl", "returns", "15.00", "3"),
        ] {
            let wish = try Office.refund(amount, order: order)
            _ = try await office.ledger.request(
                wish,
                key: order,
                for: Office.agent(agent, team: team),
                now: Office.start
            )
        }
        let anna = Principal(
            subject: "anna",
            roles: [.agent],
            attributes: ["team": .many(["returns", "delivery", "vip"])]
        )
        let history = try await history(office, anna, now: Office.start)
        #expect(Self.figure(history, Window(.team, .total, .days1)) == "20.00")
        #expect(Self.figure(history, Window(.team, .count, .days1)) == "2")
        #expect(Self.figure(history, Window(.agent, .count, .days1)) == "0")
    }

    @Test(
        "the windows after a request hold it, unless it was denied",
        arguments: [("10.00", "30.00", "2"), ("300.00", "320.00", "2"), ("13.00", "20.00", "1")]
    )
    func after(amount: String, total: String, count: String) async throws {
        let office = try await Office(policy: Self.open)
        let anna = Office.agent("anna")
        _ = try await office.ledger.request(Office.refund("20.00"), key: "a", for: anna, now: Office.start)
        let grant = try await office.ledger.request(Office.refund(amount), key: "b", for: anna, now: Office.start)
        #expect(Self.figure(grant.facts.history, Window(.customer, .total, .days30)) == "20.00")
        #expect(Self.figure(grant.facts.history, Window(.customer, .count, .days30)) == "1")
        #expect(Self.figure(grant.historyAfter, Window(.customer, .total, .days30)) == total)
        #expect(Self.figure(grant.historyAfter, Window(.customer, .count, .days30)) == count)
    }

    // MARK: Overdue requests

    /// What the slow way remembers of a request.
    private struct Remembered {
        let grant: Grant
        let agent: String

        /// Whether it counts in a window at a moment: one that is overdue counts nowhere.
        func counts(in window: Window, for request: GrantRequest, by other: String, at now: Int64) -> Bool {
            if grant.status == .pending, grant.createdAt + Office.day <= now { return false }
            let start = window.span.days.map { now - $0 * Office.day + 1 } ?? now - now % Office.day
            let isScope =
                switch window.scope {
                case .customer: grant.customerID == request.customerID
                case .agent: agent == other
                case .reference: grant.reference == request.reference
                default: true
                }
            return isScope && grant.createdAt >= start && grant.amount?.currency == request.amount?.currency
                && (!window.isSameAction || grant.action == request.action)
        }
    }

    @Test(
        "what is overdue is left out of every window that it stands in, and of no other",
        arguments: [11, 12] as [UInt64]
    )
    func overdue(seed: UInt64) async throws {
        let office = try await Office(policy: Self.open)
        var random = SeededGenerator(seed)
        var all: [Remembered] = []
        var now = Office.start
        for step in 0..<30 {
            now += [0, 1, Office.hour, Office.day - 1, Office.day, 3 * Office.day].randomElement(using: &random) ?? 0
            let agent = ["anna", "ben"].randomElement(using: &random) ?? "anna"
            // Two of three wait for approval, and nobody approves.
            let request = try Office.refund(
                "\([100, 300, 400].randomElement(using: &random) ?? 100).\(Int.random(in: 10...99, using: &random))",
                ["c-1", "c-2"].randomElement(using: &random) ?? "c-1",
                action: ["refund", "credit"].randomElement(using: &random) ?? "refund",
                currency: ["EUR", "USD"].randomElement(using: &random) ?? "EUR",
                order: ["1", "2"].randomElement(using: &random)
            )
            let history = try await office.ledger.evaluate(request, for: Office.agent(agent), now: now).facts.history
            for window in Window.all where [.customer, .agent, .reference, .all].contains(window.scope) {
                let counted = all.filter { $0.counts(in: window, for: request, by: agent, at: now) }
                let units = counted.reduce(0) { $0 + ($1.grant.amount?.minorUnits ?? 0) }
                let total = "\(units / 100).\(units % 100 < 10 ? "0" : "")\(units % 100)"
                let expected = window.measure == .count ? String(counted.count) : total
                #expect(Self.figure(history, window) == expected, "\(window)")
            }
            let grant = try await office.ledger.request(request, key: "\(step)", for: Office.agent(agent), now: now)
            all.append(Remembered(grant: grant, agent: agent))
        }
    }
}
