package import AuditTrail
package import Storage
package import Versioning

/// The calendar as published versions: read, published, rolled back, and kept compiled.
///
/// A publication is in force for the next call, in every process that shares the store. Moments that were computed with
/// an earlier version stay as they were stored.
///
/// ## Topics
/// - ``calendar()``, ``calendar(in:)``
/// - ``timeZone()``, ``timeZone(in:)``
/// - ``publish(_:note:republication:by:now:)``
/// - ``rollback(to:reason:by:now:)``
package final class CalendarStore: Sendable {
    /// The name under which the wire knows the calendar.
    package static let name = "calendar"

    private let source: LiveSource<BusinessCalendar>

    package init(store: Store) {
        source = LiveSource(Self.name, in: store) { try BusinessCalendar(yaml: $0, file: Self.name + ".yaml") }
    }

    /// The calendar in force; the one that is always open before the first publication.
    ///
    /// - Throws: the store's error.
    package func calendar() async throws -> BusinessCalendar { try await source.inForce()?.value ?? .alwaysOpen }

    /// The calendar as visible in a transaction.
    ///
    /// - Throws: the store's error.
    package func calendar(in transaction: some SQLReading) throws -> BusinessCalendar {
        try source.inForce(in: transaction)?.value ?? .alwaysOpen
    }

    /// The name of the company's time zone; nil before the first publication.
    ///
    /// - Throws: the store's error.
    package func timeZone() async throws -> String? { try await source.inForce()?.value.hours(of: nil).timeZone }

    /// The same as visible in a transaction.
    package func timeZone(in transaction: some SQLReading) throws -> String? {
        try source.inForce(in: transaction)?.value.hours(of: nil).timeZone
    }

    /// The version in force; nil before the first publication.
    package func current() async throws -> (version: Int64, sha256: String)? {
        try await source.inForce().map { ($0.version, $0.sha256) }
    }

    /// The source in force, or of one of the versions.
    ///
    /// - Throws: ``CalendarError`` `notFound`; the store's error.
    package func source(version: Int64?) async throws -> (version: Int64, sha256: String, source: String) {
        guard let found = try await source.source(version: version) else { throw Self.unknown(version: version) }
        return found
    }

    private static func unknown(version: Int64?) -> CalendarError {
        let what = version.map { "the calendar has no version \($0)" } ?? "no calendar was published"
        return CalendarError(.notFound, what, argument: version == nil ? "name" : "version")
    }

    /// Every version, newest first.
    ///
    /// - Throws: ``CalendarError`` `notFound` before the first publication.
    package func versions() async throws -> [VersionListing] {
        guard let versions = try await source.versions() else { throw Self.unknown(version: nil) }
        return versions
    }

    /// How a source stands that somebody wants to publish.
    package func standing(of source: String) async throws -> Standing { try await self.source.standing(of: source) }

    /// Checks a file and puts it in force; a source that is in force makes no new version.
    ///
    /// - Parameters:
    ///   - source: the file's text.
    ///   - note: why; recorded.
    ///   - republication: what becomes of a source that was published before and is not in force.
    ///   - actor: who publishes it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the version that has the source, and what was done.
    /// - Throws: ``CalendarError`` `invalid` with every mistake and its place; the store's error.
    package func publish(
        _ source: String,
        note: String?,
        republication: Republication = .allowed,
        by actor: AuditActor,
        now: Int64
    ) async throws -> LiveChain.Placement {
        try await self.source.publish(source, note: note, republication: republication, by: actor, now: now)
    }

    /// Puts an earlier version in force again and withdraws those that came after it.
    ///
    /// - Throws: ``CalendarError`` `notFound`; `conflict` when that version is in force.
    package func rollback(
        to version: Int64,
        reason: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> (version: Int64, sha256: String) {
        switch try await source.rollBack(to: version, reason: reason, by: actor, now: now) {
        case .done(let sha256): return (version, sha256)
        case .unknown: throw Self.unknown(version: version)
        case .alreadyInForce:
            throw CalendarError(.conflict, "version \(version) of the calendar is in force", argument: "version")
        }
    }
}
