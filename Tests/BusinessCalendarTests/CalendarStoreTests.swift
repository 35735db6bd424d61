import AuditTrail
import BusinessCalendar
import Foundation
import Storage
import TestStores
import Testing
import Versioning
import Vocabulary

@Suite struct CalendarStoreTests {
    private static let first = "time_zone: UTC\nhours: {mon-fri: 09:00-17:00}"
    private static let second = "time_zone: UTC\nhours: {mon-fri: 10:00-18:00}"

    private let store: Store
    private let calendars: CalendarStore
    private let monday = Timestamp(microseconds: 1_767_603_600_000_000)  // 2026-01-05T09:00:00Z

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("calendar-\(UUID().uuidString)")
        store = try Store(
            testing: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations
        )
        calendars = CalendarStore(store: store)
    }

    private func isOpen() async throws -> Bool { try await calendars.calendar().hours(of: nil).isOpen(at: monday) }

    @Test func `before a publication it is always open`() async throws {
        #expect(try await isOpen())
        #expect(try await calendars.current() == nil)
        await #expect(throws: CalendarError.self) { try await calendars.source(version: nil) }
        await #expect(throws: CalendarError.self) { try await calendars.versions() }
        #expect(try await calendars.standing(of: Self.first) == .unknown)
    }

    @Test func `a publication is in force at once, and a rollback too`() async throws {
        #expect(try await calendars.publish(Self.first, note: "a", by: "olga", now: 1).version == 1)
        #expect(try await isOpen())
        #expect(try await calendars.publish(Self.second, note: nil, by: "olga", now: 2).isNew)
        #expect(try await !isOpen())
        #expect(try await !CalendarStore(store: store).calendar().hours(of: nil).isOpen(at: monday))
        #expect(try await calendars.publish(Self.second, note: nil, by: "olga", now: 3).isNew == false)
        #expect(try await calendars.standing(of: Self.second) == .inForce(2))
        #expect(try await calendars.rollback(to: 1, reason: "too late", by: "olga", now: 4).version == 1)
        #expect(try await isOpen())
        let calendar = try await store.write { [calendars] in try calendars.calendar(in: $0) }
        #expect(calendar.hours(of: nil).isOpen(at: monday))
        #expect(try await calendars.versions().map(\.isInForce) == [false, true])
        #expect(try await calendars.source(version: 2).source == Self.second)
        let entries = try await store.read { try AuditLog.entries(AuditFilter(limit: 10), in: $0) }
        #expect(entries.map(\.event.action) == ["policy.publish", "policy.publish", "policy.rollback"])
    }

    @Test func `what cannot be done is an error`() async throws {
        _ = try await calendars.publish(Self.first, note: nil, by: "olga", now: 1)
        let invalid = await #expect(throws: CalendarError.self) {
            try await calendars.publish("hours: 1", note: nil, by: "olga", now: 2)
        }
        #expect(invalid?.code == .invalid)
        let conflict = await #expect(throws: CalendarError.self) {
            try await calendars.rollback(to: 1, reason: "x", by: "olga", now: 2)
        }
        #expect(conflict?.code == .conflict)
        let unknown = await #expect(throws: CalendarError.self) {
            try await calendars.rollback(to: 7, reason: "x", by: "olga", now: 2)
        }
        #expect(unknown?.code == .notFound)
    }
}
