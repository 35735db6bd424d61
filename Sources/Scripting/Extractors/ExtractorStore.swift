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

    private struct InForce: Sendable {
        let book: ExtractorBook
        /// Nil before the first publication.
        let publication: Publication?
    }

    /// The name under which the wire knows the extractors.
    package static let name = "extractors"
    private static let extractors = LiveChain(kind: "extractors")
    private static let chain = extractors.versions

    private let store: Store
    private let cache: VersionedCache<OnlyKey, InForce>

    package init(store: Store) {
        self.store = store
        cache = VersionedCache(of: Self.extractors.topic, in: store)
    }

    /// The book in force; the empty one before the first publication.
    ///
    /// - Throws: the store's error.
    package func book() async throws -> ExtractorBook { try await inForce().book }

    /// The version in force; nil before the first publication.
    package func current() async throws -> Publication? { try await inForce().publication }

    /// The book as visible in a transaction.
    func book(in transaction: some SQLReading) throws -> ExtractorBook {
        try (cache.current() ?? Self.current(after: cache.last(), in: transaction)).book
    }

    private func inForce() async throws -> InForce {
        try await cache.value { try Self.current(after: $1, in: $0) }
    }

    private static func current(after known: InForce?, in transaction: some SQLReading) throws -> InForce {
        guard let live = try chain.live(name, in: transaction),
            let stored = try chain.content(of: name, version: live, in: transaction)
        else { return InForce(book: .empty, publication: nil) }
        if let known, known.publication?.version == live { return known }
        let book = try compiled(stored.content)
        return InForce(
            book: book,
            publication: Publication(version: live, sha256: stored.sha256, names: book.names)
        )
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
        let (number, stored) = try await store.read { transaction in
            let number = try version ?? Self.chain.live(Self.name, in: transaction) ?? 0
            return (number, try Self.chain.content(of: Self.name, version: number, in: transaction))
        }
        guard let stored else { throw Self.unknown(version: version) }
        // An old version may have what is refused today; it can be read all the same.
        let names = ExtractorBook.read(stored.content, file: "").book?.names ?? []
        return (Publication(version: number, sha256: stored.sha256, names: names), stored.content)
    }

    /// Every version, newest first.
    ///
    /// - Throws: ``ScriptError`` `notFound` before the first publication.
    package func versions() async throws -> [VersionListing] {
        guard let listing = try await store.read({ try Self.extractors.listing(of: Self.name, in: $0) }) else {
            throw Self.unknown(version: nil)
        }
        return listing
    }

    /// How a source stands that somebody wants to publish.
    package func standing(of source: String) async throws -> Standing {
        let sha256 = ContentHash.sha256(source)
        return try await store.read { try Self.extractors.standing(of: Self.name, sha256: sha256, in: $0) }
    }

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
        _ = try Self.compiled(source)
        return try await store.write { transaction in
            try Self.extractors.publish(
                source,
                as: Self.name,
                target: Self.name,
                note: note,
                republication: republication,
                by: actor,
                now: now,
                in: transaction
            )
        }
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
        let (publication, source) = try await source(version: version)
        _ = try Self.compiled(source)
        try await store.write { transaction in
            let isDone = try Self.extractors.rollBack(
                Self.name,
                target: Self.name,
                to: version,
                reason: reason,
                by: actor,
                now: now,
                in: transaction
            )
            guard isDone else {
                throw ScriptError(.conflict, "version \(version) of the extractors is in force", argument: "version")
            }
        }
        return publication
    }
}
