package import AuditTrail
import BusinessCalendar
package import Scripting
package import Versioning

/// Publishes versions of scripts and gives them to agents, unless a freeze of the calendar forbids it.
package struct ScriptRelease: Sendable {
    private let scripts: ScriptCatalog
    private let gate: ReleaseGate

    /// Creates access to the scripts of a data folder.
    package init(_ folder: DataFolder) { (scripts, gate) = (folder.scripts, ReleaseGate(folder)) }

    init(_ services: Services) { (scripts, gate) = (services.scripts, ReleaseGate(services)) }

    /// Publishes a script; see `ScriptCatalog.publish`.
    ///
    /// A source that everybody gets already passes every freeze, because it changes nothing.
    ///
    /// - Throws: `ScriptError`; `CalendarError` `frozen` unless it is forced; the store's error.
    package func publish(
        _ source: String,
        note: String?,
        to audience: Audience = .everybody,
        file: String = "source",
        isForced: Bool = false,
        republication: Republication = .allowed,
        by actor: AuditActor,
        now: Int64
    ) async throws -> ScriptPublication {
        if case .inForce = try await scripts.standing(of: source), audience.isEverybody {
            // Nothing is released.
        } else {
            let name = scripts.name(of: source) ?? file
            try await gate.pass(.scripts, of: name, isForced: isForced, reason: note, by: actor, now: now)
        }
        return try await scripts.publish(
            source,
            note: note,
            to: audience,
            file: file,
            republication: republication,
            by: actor,
            now: now
        )
    }

    /// Changes to whom a version is given; see `ScriptCatalog.rollOut`.
    ///
    /// Taking a version back from everybody passes every freeze.
    ///
    /// - Throws: `ScriptError`; `CalendarError` `frozen` unless it is forced; the store's error.
    func rollOut(
        _ id: String,
        version: Int64,
        to audience: Audience,
        isForced: Bool,
        by actor: AuditActor,
        now: Int64
    ) async throws {
        if audience.percent > 0 {
            try await gate.pass(.scripts, of: id, isForced: isForced, reason: nil, by: actor, now: now)
        }
        try await scripts.rollOut(id, version: version, to: audience, by: actor, now: now)
    }
}
