package import AuditTrail
package import Storage
package import Versioning

/// The signals as published versions: read, published, rolled back, and kept compiled.
///
/// A publication is in force for the next turn, in every process that shares the store (`Storage.VersionedCache`).
///
/// ## Topics
/// - ``book()``
/// - ``publish(_:note:republication:by:now:)``
/// - ``rollback(to:reason:by:now:)``
package final class SignalStore: Sendable {
    /// A version that was put in force.
    package struct Publication: Sendable, Hashable {
        /// Its number.
        package let version: Int64
        /// The hash of its source.
        package let sha256: String
        /// The kinds of signals that it finds.
        package let kinds: [String]
    }

    /// The name under which the wire knows the signals.
    package static let name = "signals"

    private let live: LiveSource<SignalBook>

    package init(store: Store) {
        live = LiveSource(Self.name, in: store) { try SignalBook(yaml: $0, file: Self.name + ".yaml") }
    }

    /// The book in force; the empty one before the first publication.
    ///
    /// - Throws: the store's error.
    package func book() async throws -> SignalBook { try await live.inForce()?.value ?? .empty }

    private static func unknown(version: Int64?) -> AlertError {
        let what = version.map { "the signals have no version \($0)" } ?? "no signals were published"
        return AlertError(.notFound, what, argument: version == nil ? "name" : "version")
    }

    /// The version in force; nil before the first publication.
    package func current() async throws -> Publication? {
        try await live.inForce().map { Publication(version: $0.version, sha256: $0.sha256, kinds: $0.value.kinds) }
    }

    /// Every version, newest first.
    ///
    /// - Throws: ``AlertError`` `notFound` before the first publication.
    package func versions() async throws -> [VersionListing] {
        guard let versions = try await live.versions() else { throw Self.unknown(version: nil) }
        return versions
    }

    /// The source of the signals in force, or of one of their versions.
    ///
    /// - Throws: ``AlertError`` `notFound`; the store's error.
    package func source(version: Int64?) async throws -> (publication: Publication, source: String) {
        guard let found = try await live.source(version: version) else { throw Self.unknown(version: version) }
        // An old version may hold what is refused today; it can be read all the same.
        let kinds = (try? SignalBook(yaml: found.source, file: Self.name + ".yaml"))?.kinds ?? []
        return (Publication(version: found.version, sha256: found.sha256, kinds: kinds), found.source)
    }

    /// How a source stands that somebody wants to publish.
    package func standing(of source: String) async throws -> Standing { try await live.standing(of: source) }

    /// Checks a file and puts it in force; the same source again, while it is in force, makes no new version.
    ///
    /// - Parameters:
    ///   - source: the file's text.
    ///   - note: why; recorded.
    ///   - republication: what becomes of a source that was published before and is not in force.
    ///   - actor: who publishes it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the version that has the source, and what was done.
    /// - Throws: ``SignalError`` with what is wrong and where; the store's error.
    package func publish(
        _ source: String,
        note: String?,
        republication: Republication = .allowed,
        by actor: AuditActor,
        now: Int64
    ) async throws -> LiveChain.Placement {
        try await live.publish(source, note: note, republication: republication, by: actor, now: now)
    }

    /// Puts an earlier version in force again and withdraws those that came after it.
    ///
    /// - Throws: ``AlertError`` `notFound`; `conflict` when that version is in force.
    package func rollback(
        to version: Int64,
        reason: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> Publication {
        switch try await live.rollBack(to: version, reason: reason, by: actor, now: now) {
        case .done: return try await source(version: version).publication
        case .unknown: throw Self.unknown(version: version)
        case .alreadyInForce:
            throw AlertError(.conflict, "version \(version) of the signals is in force", argument: "version")
        }
    }
}
