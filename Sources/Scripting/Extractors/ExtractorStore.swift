package import AuditTrail
package import Storage
package import Versioning

/// The extractors as published versions: read, published, rolled back, and kept compiled.
///
/// A publication is in force for the next call on any session, in every process that shares the store.
///
/// ## Topics
/// - ``book()``
/// - ``publish(_:note:republication:by:now:)``
/// - ``rollback(to:reason:by:now:)``
package final class ExtractorStore: Sendable {
    /// A version that was put in force.
    package struct Publication: Sendable, Hashable {
        /// Its number.
        package let version: Int64
        /// The hash of its source.
        package let sha256: String
        /// The names of its extractors.
        package let names: [String]
    }

    /// The name under which the wire knows the extractors.
    package static let name = "extractors"

    private let live: LiveSource<ExtractorBook>

    package init(store: Store) { live = LiveSource(Self.name, in: store) { try Self.compiled($0) } }

    /// The book in force; the empty one before the first publication.
    ///
    /// - Throws: the store's error.
    package func book() async throws -> ExtractorBook { try await live.inForce()?.value ?? .empty }

    /// The version in force; nil before the first publication.
    package func current() async throws -> Publication? {
        try await live.inForce().map { Publication(version: $0.version, sha256: $0.sha256, names: $0.value.names) }
    }

    /// The book as visible in a transaction.
    func book(in transaction: some SQLReading) throws -> ExtractorBook {
        try live.inForce(in: transaction)?.value ?? .empty
    }

    private static func compiled(_ source: String) throws(ScriptError) -> ExtractorBook {
        let (book, diagnostics) = ExtractorBook.read(source, file: name + ".yaml")
        guard let book else {
            throw ScriptError(
                .invalid,
                "the extractors have errors",
                argument: "source",
                details: diagnostics.map(\.description)
            )
        }
        return book
    }

    private static func unknown(version: Int64?) -> ScriptError {
        let what = version.map { "the extractors have no version \($0)" } ?? "no extractors were published"
        return ScriptError(.notFound, what, argument: version == nil ? "name" : "version")
    }

    /// The source in force, or of one of the versions.
    ///
    /// - Throws: ``ScriptError`` `notFound`; the store's error.
    package func source(version: Int64?) async throws -> (publication: Publication, source: String) {
        guard let found = try await live.source(version: version) else { throw Self.unknown(version: version) }
        // An old version may have what is refused today; it can be read all the same.
        let names = ExtractorBook.read(found.source, file: "").book?.names ?? []
        return (Publication(version: found.version, sha256: found.sha256, names: names), found.source)
    }

    /// Every version, newest first.
    ///
    /// - Throws: ``ScriptError`` `notFound` before the first publication.
    package func versions() async throws -> [VersionListing] {
        guard let versions = try await live.versions() else { throw Self.unknown(version: nil) }
        return versions
    }

    /// How a source stands that somebody wants to publish.
    package func standing(of source: String) async throws -> Standing { try await live.standing(of: source) }

    /// Checks a file, runs its cases, and puts it in force; a source that is in force makes no new version.
    ///
    /// - Parameters:
    ///   - source: the file's text.
    ///   - note: why; recorded.
    ///   - republication: what becomes of a source that was published before and is not in force.
    ///   - actor: who publishes it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the version that has the source, and what was done.
    /// - Throws: ``ScriptError`` `invalid` with every mistake and its place; the store's error.
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
    /// - Throws: ``ScriptError`` `notFound`; `conflict` when that version is in force.
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
            throw ScriptError(.conflict, "version \(version) of the extractors is in force", argument: "version")
        }
    }
}
