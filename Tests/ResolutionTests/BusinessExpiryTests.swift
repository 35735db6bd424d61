import Access
import AuditTrail
import BusinessCalendar
import Resolution
import Storage
import Testing
import Vocabulary

/// Approvals whose time to decide the policy gives in business time.
@Suite struct BusinessExpiryTests {
    /// 2026-11-20T16:30:00Z, a Friday.
    private static let friday: Int64 = 1_795_192_200_000_000
    private static let calendar = """
        time_zone: UTC
        hours: {mon-fri: 09:00-17:00}
        teams: {billing: {hours: {mon-sat: 09:00-17:00}}}
        """

    private func office(_ expiry: String, calendar: String? = calendar) async throws -> Office {
        let office = try await Office(
            policy: Office.model("{outcome: \"approval_required\", approver_tier: 2, \(expiry)}")
        )
        if let calendar {
            _ = try await CalendarStore(store: office.store)
                .publish(calendar, note: nil, by: "test", now: Self.friday)
        }
        return office
    }

    private func expiry(_ office: Office, team: String = "delivery") async throws -> String {
        let grant = try await office.ledger.request(
            Office.refund("20.00"),
            key: team,
            for: Office.agent("anna-\(team)", team: team),
            now: Self.friday
        )
        #expect(
            try await office.ledger.list(GrantQuery(), for: Office.agent("anna-\(team)", team: team), now: Self.friday)
                .grants.first?.expiresAt == grant.expiresAt
        )
        return try #require(grant.expiresAt.map { Timestamp(microseconds: $0).description })
    }

    @Test(arguments: [
        ("expires_in_business_minutes: 30", "2026-11-20T17:00:00Z", "2026-11-20T17:00:00Z"),
        ("expires_in_business_minutes: 90", "2026-11-23T10:00:00Z", "2026-11-21T10:00:00Z"),
        ("expires_in_business_minutes: null", "2026-11-21T16:30:00Z", "2026-11-21T16:30:00Z"),
        ("note: 1", "2026-11-21T16:30:00Z", "2026-11-21T16:30:00Z"),
    ])
    func `a request expires in the hours of the team`(member: String, delivery: String, billing: String) async throws {
        let office = try await office(member)
        #expect(try await expiry(office) == delivery)
        #expect(try await expiry(office, team: "billing") == billing)
    }

    @Test func `without a calendar every minute is business time`() async throws {
        let office = try await office("expires_in_business_minutes: 90", calendar: nil)
        #expect(try await expiry(office) == "2026-11-20T18:00:00Z")
    }

    @Test(arguments: ["0", "-1", "1.5", "\"an hour\"", "1000000"])
    func `a time that is none leaves the usual one, and the reason says so`(value: String) async throws {
        let office = try await office("expires_in_business_minutes: \(value)")
        #expect(try await expiry(office) == "2026-11-21T16:30:00Z")
        let verdict = try await office.ledger.evaluate(
            Office.refund("20.00"),
            for: Office.agent("anna"),
            now: Self.friday
        ).verdict
        #expect(verdict.outcome == .approvalRequired && verdict.businessMinutes == nil)
        #expect(verdict.because.contains("The policy gave a time to decide that is none."))
    }

    @Test func `a request expires at that moment for everybody`() async throws {
        let office = try await office("expires_in_business_minutes: 90")
        let anna = Office.agent("anna")
        let grant = try await office.ledger.request(Office.refund("20.00"), key: "1", for: anna, now: Self.friday)
        let end = try #require(grant.expiresAt)
        let before = try await office.ledger.list(GrantQuery(), for: anna, now: end - 1).grants.first
        #expect(before?.status == .pending && before?.verdict == grant.verdict)
        #expect(try await office.ledger.list(GrantQuery(), for: anna, now: end).grants.first?.status == .expired)
    }
}
