import Access
import AuditTrail
import BusinessCalendar
import Foundation
import Measures
import Storage
import TestStores
import Synchronization
import Versioning
import Vocabulary

/// A ledger over records that a test makes up.
final class CountingRoom: Sendable {
    /// 2026-11-18T12:00:00Z, a Wednesday.
    static let noon: Int64 = 1_795_003_200_000_000
    static let dayLength: Int64 = 86_400_000_000

    let store: Store
    let source: MadeUpSource
    let calendar: CalendarStore
    /// The days of the configured time zone.
    let days: MeasureDays
    let measures: MeasureStore
    let ledger: MeasureLedger

    init(timeZone: String = "UTC", store known: Store? = nil, source: MadeUpSource = MadeUpSource()) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("measures-\(UUID().uuidString)")
        store =
            try known
            ?? Store(
                testing: folder,
                migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations
                    + MeasureTables.migrations
            )
        self.source = source
        calendar = CalendarStore(store: store)
        days = MeasureDays(timeZone: timeZone)
        measures = MeasureStore(store: store, calendar: calendar, timeZone: timeZone)
        ledger = MeasureLedger(measures: measures, sources: [source])
    }

    /// The day of a time, counted from that of ``noon``.
    func day(_ offset: Int64 = 0) -> Int64 { days.day(of: Self.noon) + offset }

    func publish(_ name: String, _ yaml: String, now: Int64 = noon) async throws {
        let head = "title: \(name)\nowner: Test\npopulation: contacts\nunit: things\ngroups: [team, agent, channel]\n"
        _ = try await measures.publish(name, source: head + yaml, note: nil, by: "olga", now: now)
    }

    /// Puts a calendar of a time zone in force.
    func publishCalendar(_ zone: String, now: Int64 = noon) async throws {
        let source =
            "time_zone: \(zone)\nhours: {mon-sun: 09:00-17:00}\nteams: {night: {time_zone: Pacific/Auckland}}\n"
        _ = try await calendar.publish(source, note: nil, by: "olga", now: now)
    }

    /// Records something, and marks it as a capability does.
    func put(_ record: FactRecord) async throws {
        source.put(record)
        try await store.write { try Store.markOutdated(RecordKind.contacts.rawValue, record.id, in: $0) }
    }

    func values(
        _ name: String,
        by: String? = nil,
        group: String? = nil,
        days: ClosedRange<Int64> = 0...0,
        as principal: Principal = CountingRoom.auditor
    ) async throws -> [MeasureRow] {
        guard let definition = try await measures.book()[name]?.definition else { return [] }
        let question = try MeasureQuestion(
            definition,
            from: day(days.lowerBound),
            to: day(days.upperBound) + 1,
            by: by,
            group: group
        )
        return try await ledger.values(question, visibility: MeasureVisibility(of: principal))
    }

    static let auditor = Principal(subject: "audrey", roles: [.auditor])

    /// A contact of so many seconds.
    static func contact(
        _ id: String,
        seconds: Int64? = 60,
        at: Int64 = noon,
        agent: String? = "anna",
        teams: [String] = ["delivery"],
        channel: String = "chat",
        transfers: Int64 = 0
    ) -> FactRecord {
        var values: [String: FactValue] = ["is_closed": .flag(seconds != nil), "transfers": .number(transfers)]
        values["handle_seconds"] = seconds.map { .number($0) }
        return FactRecord(
            id: id,
            conversation: id,
            at: at,
            agent: agent,
            teams: teams,
            channel: channel,
            values: values
        )
    }
}

/// Contacts in memory.
final class MadeUpSource: FactSource {
    struct Failure: Error {}

    let kind = RecordKind.contacts
    private let records = Mutex<[String: FactRecord]>([:])
    /// The id whose record cannot be read.
    let broken = Mutex<String?>(nil)

    func put(_ record: FactRecord) { records.withLock { $0[record.id] = record } }
    func remove(_ id: String) { records.withLock { $0[id] = nil } }
    var all: [FactRecord] { records.withLock { $0.values.sorted { $0.id < $1.id } } }

    func record(_ id: String, in transaction: some SQLReading) throws -> FactRecord? {
        if broken.withLock({ $0 }) == id { throw Failure() }
        return records.withLock { $0[id] }
    }

    func ids(after id: String, limit: Int, in transaction: some SQLReading) throws -> [String] {
        Array(all.map(\.id).filter { $0 > id }.prefix(limit))
    }

    func ids(from: Int64, to: Int64, in transaction: some SQLReading) throws -> [String] {
        all.filter { $0.at >= from && $0.at < to }.map(\.id)
    }
}
