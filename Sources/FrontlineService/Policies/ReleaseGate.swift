package import AuditTrail
package import BusinessCalendar
import Storage
import Vocabulary

/// Refuses releases during a freeze of the calendar.
///
/// What is in force stays as it is, so whoever rolls back, retires or takes back does not come here. A freeze can be
/// overridden by force, which is recorded before anything is released.
package struct ReleaseGate: Sendable {
    private let calendar: CalendarStore
    private let store: Store

    /// Creates the gate of a data folder.
    package init(_ folder: DataFolder) { (calendar, store) = (folder.calendar, folder.store) }

    init(_ services: Services) { (calendar, store) = (services.calendar, services.store) }

    /// Lets a release pass.
    ///
    /// - Parameters:
    ///   - release: what kind of thing is released.
    ///   - target: the name of the thing, for the audit log.
    ///   - isForced: whether a freeze is overridden, recorded as `freeze.override`.
    ///   - reason: why, in the words of the caller; recorded.
    ///   - actor: who releases it.
    ///   - now: the time, in microseconds since 1970.
    /// - Throws: `CalendarError` `frozen` with the reason and the end of the freeze; the store's error.
    package func pass(
        _ release: Freeze.Release,
        of target: String,
        isForced: Bool,
        reason: String?,
        by actor: AuditActor,
        now: Int64
    ) async throws {
        let moment = Timestamp(microseconds: now)
        guard let freeze = try await calendar.calendar().freeze(of: release, at: moment) else { return }
        guard isForced else { throw CalendarError(freeze, of: release) }
        let event = AuditEvent(
            actor: actor,
            action: "freeze.override",
            target: target,
            details: "\(release.rawValue), frozen until \(freeze.to)",
            text: reason
        )
        try await store.write { try AuditLog.append([event], at: now, in: $0) }
    }
}
