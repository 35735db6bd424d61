package import AuditTrail
package import BusinessCalendar
package import Storage
import Synchronization
package import Versioning
import Vocabulary

/// The measures as published versions: one chain for each, kept compiled.
///
/// A publication is in force for the next question, in every process that shares the store; it counts as ``MeasureBook`` says.
///
/// ## Topics
/// - ``book()``
/// - ``publish(_:source:note:republication:by:now:)``
/// - ``rollback(_:to:reason:by:now:)``
package final class MeasureStore: Sendable {
    /// The prefix of a measure in names on the wire: `measures.contacts`.
    package static let prefix = "measures."
    /// So many measures there can be.
    package static let maximum = 200
    private static let measures = LiveChain(kind: "measures")
    private static let chain = measures.versions

    let store: Store
    private let calendar: CalendarStore
    /// The days in the zone of the configuration, in which figures are counted until a calendar is published.
    private let configured: MeasureDays
    /// The days that were asked for last: making them looks the zone up.
    private let latest: Mutex<MeasureDays>
    private let cache: VersionedCache<OnlyKey, MeasureBook>

    /// Creates access to the measures of a store.
    ///
    /// - Parameters:
    ///   - store: the store.
    ///   - calendar: the calendar, in whose time zone days begin.
    ///   - timeZone: the name of the time zone in which they begin until a calendar is published.
    package init(store: Store, calendar: CalendarStore, timeZone: String) {
        (self.store, self.calendar) = (store, calendar)
        configured = MeasureDays(timeZone: timeZone)
        latest = Mutex(configured)
        cache = VersionedCache(of: Self.measures.topic, in: store)
    }

    /// The days in which figures are counted: in the time zone of the calendar in force, or else of the configuration.
    ///
    /// - Throws: the store's error.
    package func days() async throws -> MeasureDays { days(inZone: try await calendar.timeZone()) }

    /// The same as visible in a transaction.
    func days(in transaction: some SQLReading) throws -> MeasureDays {
        days(inZone: try calendar.timeZone(in: transaction))
    }

    /// The days of the calendar in force; nil before one is published.
    func calendarDays(in transaction: some SQLReading) throws -> MeasureDays? {
        try calendar.timeZone(in: transaction).map { days(inZone: $0) }
    }

    private func days(inZone zone: String?) -> MeasureDays {
        guard let zone else { return configured }
        return latest.withLock { latest in
            if latest.zone != zone { latest = MeasureDays(timeZone: zone) }
            return latest
        }
    }

    /// The name of the time zone in whose days figures were counted last; nil before anything was counted.
    package static func recordedTimeZone(in transaction: some SQLReading) throws -> String? {
        try MeasureFills.recordedZone(in: transaction)
    }

    /// The measure in a policy name such as `measures.contacts`; nil for other names.
    package static func measure(ofPolicy name: String) -> String? {
        guard name.hasPrefix(prefix), name.count > prefix.count else { return nil }
        return String(name.dropFirst(prefix.count))
    }

    /// The measures in force, and those that were.
    ///
    /// - Throws: the store's error.
    package func book() async throws -> MeasureBook {
        try await cache.value { try Self.current(after: $1, in: $0) }
    }

    /// The same as visible in a transaction.
    func book(in transaction: some SQLReading) throws -> MeasureBook {
        try cache.current() ?? Self.current(after: cache.last(), in: transaction)
    }

    private static func current(after known: MeasureBook?, in transaction: some SQLReading) throws -> MeasureBook {
        var (inForce, versions): ([String: MeasureBook.Entry], [MeasureBook.Key: MeasureDefinition]) = ([:], [:])
        var terms: [String: [MeasureBook.Term]] = [:]
        try transaction.forEach("SELECT measure, from_day, version FROM measure_terms ORDER BY measure, from_day") {
            row in
            let term = MeasureBook.Term(day: try row.integer("from_day"), version: try row.integer("version"))
            terms[try row.text("measure"), default: []].append(term)
        }
        for (measure, live) in try chain.liveVersions(in: transaction) {
            for version in Set((terms[measure] ?? []).map(\.version) + [live]) {
                let key = MeasureBook.Key(measure: measure, version: version)
                if let definition = known?.versions[key] {
                    versions[key] = definition
                } else if let stored = try chain.content(of: measure, version: version, in: transaction) {
                    versions[key] = try MeasureDefinition(yaml: stored.content, name: measure, file: measure + ".yaml")
                }
            }
            guard let definition = versions[MeasureBook.Key(measure: measure, version: live)],
                let stored = try chain.content(of: measure, version: live, in: transaction)
            else { continue }
            inForce[measure] = MeasureBook.Entry(definition: definition, version: live, sha256: stored.sha256)
        }
        return MeasureBook(inForce: inForce, versions: versions, terms: terms)
    }

    // MARK: Reading

    /// The source of a measure in force, or of a given version.
    ///
    /// - Throws: ``MeasureError`` `notFound`; the store's error.
    package func source(
        of measure: String,
        version: Int64?
    ) async throws -> (version: Int64, sha256: String, source: String) {
        let (number, stored) = try await store.read { transaction in
            let number = try version ?? Self.chain.live(measure, in: transaction) ?? 0
            return (number, try Self.chain.content(of: measure, version: number, in: transaction))
        }
        guard let stored else {
            let what =
                version.map { "the measure “\(measure)” has no version \($0)" }
                ?? "no measure “\(measure)” was published"
            throw MeasureError(.notFound, what, argument: version == nil ? "name" : "version")
        }
        return (number, stored.sha256, stored.content)
    }

    /// All versions of a measure, newest first.
    ///
    /// - Throws: ``MeasureError`` `notFound` before the first publication.
    package func versions(of measure: String) async throws -> [VersionListing] {
        guard let listing = try await store.read({ try Self.measures.listing(of: measure, in: $0) }) else {
            throw MeasureError(.notFound, "no measure “\(measure)” was published", argument: "name")
        }
        return listing
    }

    /// The standing of a source that is to be published.
    package func standing(of measure: String, source: String) async throws -> Standing {
        let sha256 = ContentHash.sha256(source)
        return try await store.read { try Self.measures.standing(of: measure, sha256: sha256, in: $0) }
    }

    // MARK: Publishing

    /// Checks a definition and publishes it; a source that is in force makes no new version.
    ///
    /// - Parameters:
    ///   - measure: its name.
    ///   - source: the file's text.
    ///   - note: the reason, which is recorded.
    ///   - republication: how to treat a source that was published before and is not in force.
    ///   - actor: who publishes it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the version with the source, and what was done.
    /// - Throws: ``MeasureError`` `invalid` with all mistakes and their places, and for one that counts something else than the
    ///   version in force; the store's error.
    package func publish(
        _ measure: String,
        source: String,
        note: String?,
        republication: Republication = .allowed,
        by actor: AuditActor,
        now: Int64
    ) async throws -> LiveChain.Placement {
        let definition = try MeasureDefinition(yaml: source, name: measure, file: measure + ".yaml")
        return try await store.write { [self] transaction in
            let live = try Self.chain.live(measure, in: transaction)
            if let live {
                try Self.check(definition, isLikeVersion: live, in: transaction)
            } else {
                guard try Self.chain.liveVersions(in: transaction).count < Self.maximum else {
                    throw MeasureError(.invalid, "there are at most \(Self.maximum) measures", argument: "name")
                }
            }
            let placement = try Self.measures.publish(
                source,
                as: measure,
                target: Self.prefix + measure,
                note: note,
                republication: republication,
                by: actor,
                now: now,
                in: transaction
            )
            if placement.isNew {
                let first = try live == nil ? MeasureBook.always : days(in: transaction).day(of: now) + 1
                try Self.begin(placement.version, of: measure, on: first, in: transaction)
                // What was recorded before the first version is counted in the background.
                if live == nil { try MeasureFills.restart(definition.kind, in: transaction) }
            }
            return placement
        }
    }

    /// Puts an earlier version into force again, from tomorrow on, and withdraws the later ones.
    ///
    /// - Throws: ``MeasureError`` `notFound`; `conflict` if that version is already in force.
    package func rollback(
        _ measure: String,
        to version: Int64,
        reason: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> (version: Int64, sha256: String) {
        let stored = try await source(of: measure, version: version)
        let definition = try MeasureDefinition(yaml: stored.source, name: measure, file: measure + ".yaml")
        return try await store.write { [self] transaction in
            if let live = try Self.chain.live(measure, in: transaction) {
                try Self.check(definition, isLikeVersion: live, in: transaction)
            }
            let isDone = try Self.measures.rollBack(
                measure,
                target: Self.prefix + measure,
                to: version,
                reason: reason,
                by: actor,
                now: now,
                in: transaction
            )
            guard isDone else {
                throw MeasureError(
                    .conflict,
                    "version \(version) of the measure “\(measure)” is in force",
                    argument: "version"
                )
            }
            try Self.begin(version, of: measure, on: days(in: transaction).day(of: now) + 1, in: transaction)
            return (version, stored.sha256)
        }
    }

    /// A measure goes on counting the same thing, so that figures of days before and after a change can be added.
    private static func check(
        _ definition: MeasureDefinition,
        isLikeVersion live: Int64,
        in transaction: some SQLReading
    ) throws {
        guard let stored = try chain.content(of: definition.name, version: live, in: transaction) else { return }
        let known = try MeasureDefinition(yaml: stored.content, name: definition.name, file: definition.name + ".yaml")
        let isLike =
            known.kind == definition.kind && known.statistic == definition.statistic && known.unit == definition.unit
        guard isLike else {
            throw MeasureError(
                .invalid,
                "the measure “\(definition.name)” is a \(known.statistic.rawValue) of \(known.kind.rawValue) in "
                    + "\(known.unit), and stays one; another one needs another name",
                argument: "source"
            )
        }
    }

    private static func begin(
        _ version: Int64,
        of measure: String,
        on day: Int64,
        in transaction: WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO measure_terms (measure, from_day, version) VALUES ($1, $2, $3)
            ON CONFLICT (measure, from_day) DO UPDATE SET version = excluded.version
            """,
            [.text(measure), .integer(day), .integer(version)]
        )
    }
}
