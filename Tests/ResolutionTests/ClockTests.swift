import Access
import AuditTrail
import Resolution
import Storage
import Synchronization
import Testing
import Timekeeping
import Vocabulary

@Suite struct ClockTests {
    private let anna = Office.agent("anna")
    private static let ahead = Office.start + 400 * Office.day

    private func ledger(_ office: Office) throws -> AuthorityLedger {
        let clock = ClockGuard(bounds: ClockBounds(gap: 31 * Office.day, elapsed: { 0 }))
        try office.store.writeNow { try clock.begin(Office.start, in: $0) }
        return try AuthorityLedger(
            store: office.store,
            policies: office.policies,
            clock: clock
        ).running(in: office.notices)
    }

    private func request(
        _ ledger: AuthorityLedger,
        _ key: String,
        _ amount: String = "10.00",
        now: Int64
    ) async throws -> Grant {
        try await ledger.request(Office.refund(amount, order: "OH-\(key)"), key: key, for: anna, now: now)
    }

    @Test func `under a clock that has jumped nothing is decided, nothing expires, and nothing is dated`() async throws
    {
        let office = try await Office()
        let ledger = try ledger(office)
        let pending = try await request(ledger, "p", "40.00", now: Office.start)
        let sue = Office.supervisor("sue")
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await request(ledger, "k", now: Self.ahead) },
            { _ = try await ledger.evaluate(Office.refund("1.00", order: "o"), for: anna, now: Self.ahead) },
            { _ = try await ledger.approve(pending.id, by: sue, now: Self.ahead) },
            { _ = try await ledger.cancel(pending.id, reason: "x", by: anna, now: Self.ahead) },
            { _ = try await ledger.settle(pending.id, result: .done, by: sue, now: Self.ahead) },
        ]
        for call in calls { await #expect(throws: ClockError.self) { try await call() } }
        #expect(try await ledger.expireDue(now: Self.ahead) == 0)
        #expect(try await ledger.grant(pending.id, for: anna, now: Self.ahead).status == .pending)
        let later = try await request(ledger, "k", now: Office.start + Office.hour)
        #expect(later.createdAt == Office.start + Office.hour)
    }

    @Test func `what a wrong clock dated ahead is dated back, and every window counts on`() async throws {
        let office = try await Office()
        // A release that believed every clock.
        for number in 0..<12 {
            _ = try await office.ledger.request(
                Office.refund("10.00", order: "OH-\(number)"),
                key: "\(number)",
                for: anna,
                now: number < 6 ? Office.start : Self.ahead
            )
        }
        let reversed = try await office.ledger.request(
            Office.refund("10.00", order: "OH-r"),
            key: "r",
            for: anna,
            now: Self.ahead
        )
        _ = try await office.ledger.settle(
            reversed.id,
            result: .failed,
            by: Principal(subject: "pay", roles: [.integration]),
            now: Self.ahead
        )
        let right = Office.start + Office.day
        #expect(try office.store.readNow { try AuthorityLedger.entries(after: right, in: $0) } == 8)
        let count = try office.store.writeNow {
            try AuthorityLedger.redate(to: right, lifetime: Office.day, by: "olga", in: $0)
        }
        #expect(count == 8)
        let next = try await office.ledger.request(
            Office.refund("10.00", order: "OH-n"),
            key: "n",
            for: anna,
            now: right + Office.hour
        )
        #expect(next.createdAt == right + Office.hour)
        #expect(next.facts.history["customer"]?["total_30d"] == .number(try #require(JSONNumber(text: "120.00"))))
        #expect(next.facts.history["agent"]?["total_1d"] == .number(try #require(JSONNumber(text: "60.00"))))
        let month = right + 40 * Office.day
        let history = try await office.ledger.evaluate(Office.refund("1.00", order: "x"), for: anna, now: month).facts
            .history
        #expect(history["customer"]?["total_30d"] == .number(try #require(JSONNumber(text: "0.00"))))
        #expect(try office.store.readNow { try AuditLog.verify(in: $0) }.ok)
    }

    @Test func `a day's authority is not doubled around midnight`() async throws {
        let office = try await Office()
        let midnight = (Office.start / Office.day + 1) * Office.day
        var granted: [Int64] = [0, 0]
        for (night, now) in [midnight - 60_000_000, midnight + 60_000_000].enumerated() {
            for number in 0..<40 {
                let wish = try Office.refund("10.00", "c-\(night)-\(number)", order: "OH-\(night)-\(number)")
                let grant = try await office.ledger.request(wish, key: "\(night)-\(number)", for: anna, now: now)
                if grant.status == .approved { granted[night] += grant.amount?.minorUnits ?? 0 }
            }
        }
        #expect(granted == [30_000, 0])
    }
}
