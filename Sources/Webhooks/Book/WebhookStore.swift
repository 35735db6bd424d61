package import AuditTrail
package import Storage
package import Versioning

/// The file of webhooks as published versions: read, published, rolled back, and kept compiled.
///
/// A publication is in force for the next event, in every process that shares the store.
///
/// ## Topics
/// - ``book()``
/// - ``publish(_:note:republication:by:now:)``
/// - ``rollback(to:reason:by:now:)``
package final class WebhookStore: Sendable {
    /// The name under which the wire knows the file.
    package static let name = "webhooks"

    private let source: LiveSource<WebhookBook>

    package init(store: Store) {
        source = LiveSource(Self.name, in: store) { try WebhookBook(yaml: $0, file: Self.name + ".yaml") }
    }

    /// The webhooks in force; none before the first publication.
    ///
    /// - Throws: the store's error.
    package func book() async throws -> WebhookBook { try await source.inForce()?.value ?? .empty }

    /// The version in force with the names of its hooks; nil before the first publication.
    package func current() async throws -> (version: Int64, sha256: String, names: [String])? {
        try await source.inForce().map { ($0.version, $0.sha256, $0.value.hooks.map(\.name)) }
    }

    /// The source in force, or of one of the versions, and the names of its hooks.
    ///
    /// - Throws: ``WebhookError`` `notFound`; the store's error.
    package func source(
        version: Int64?
    ) async throws -> (version: Int64, sha256: String, source: String, names: [String]) {
        guard let found = try await source.source(version: version) else { throw Self.unknown(version: version) }
        // An old version may have what is refused today; it can be read all the same.
        let names = (try? WebhookBook(yaml: found.source, file: "").hooks.map(\.name)) ?? []
        return (found.version, found.sha256, found.source, names)
    }

    /// Every version, newest first.
    ///
    /// - Throws: ``WebhookError`` `notFound` before the first publication.
    package func versions() async throws -> [VersionListing] {
        guard let versions = try await source.versions() else { throw Self.unknown(version: nil) }
        return versions
    }

    private static func unknown(version: Int64?) -> WebhookError {
        let what = version.map { "the webhooks have no version \($0)" } ?? "no webhooks were published"
        return WebhookError(.notFound, what, argument: version == nil ? "name" : "version")
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
    /// - Throws: ``WebhookError`` `invalid` with every mistake and its place; the store's error.
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
    /// - Throws: ``WebhookError`` `notFound`; `conflict` when that version is in force.
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
            throw WebhookError(.conflict, "version \(version) of the webhooks is in force", argument: "version")
        }
    }
}
