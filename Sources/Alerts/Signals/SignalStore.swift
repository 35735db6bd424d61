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

    /// What is in force, compiled.
    private struct InForce: Sendable {
        let book: SignalBook
        /// Nil before the first publication.
        let publication: Publication?
    }

    /// The name under which the wire knows the signals.
    package static let name = "signals"
    private static let signals = LiveChain(kind: "signals")
    private static let chain = signals.versions

    private let store: Store
    private let cache: VersionedCache<OnlyKey, InForce>

    package init(store: Store) {
        self.store = store
        cache = VersionedCache(of: Self.signals.topic, in: store)
    }

    /// The book in force; the empty one before the first publication.
    ///
    /// - Throws: the store's error.
    package func book() async throws -> SignalBook { try await inForce().book }

    private func inForce() async throws -> InForce {
        try await cache.value { transaction, last in
            guard let live = try Self.chain.live(Self.name, in: transaction) else {
                return InForce(book: .empty, publication: nil)
            }
            if let last, last.publication?.version == live { return last }
            guard let stored = try Self.chain.content(of: Self.name, version: live, in: transaction) else {
                throw Self.unknown(version: live)
            }
            let (book, publication) = try Self.compiled(stored, version: live)
            return InForce(book: book, publication: publication)
        }
    }

    /// One version; the one in force unless named.
    ///
    /// - Throws: ``AlertError`` `notFound`; the store's error.
    package func book(version: Int64?) async throws -> (book: SignalBook, publication: Publication) {
        let (number, stored) = try await stored(version: version)
        return try Self.compiled(stored, version: number)
    }

    private static func compiled(
        _ stored: (content: String, sha256: String),
        version: Int64
    ) throws -> (book: SignalBook, publication: Publication) {
        let book = try SignalBook(yaml: stored.content, file: name + ".yaml")
        return (book, Publication(version: version, sha256: stored.sha256, kinds: book.kinds))
    }

    private static func unknown(version: Int64?) -> AlertError {
        let what = version.map { "the signals have no version \($0)" } ?? "no signals were published"
        return AlertError(.notFound, what, argument: version == nil ? "name" : "version")
    }

    private func stored(
        version: Int64?
    ) async throws -> (number: Int64, stored: (content: String, sha256: String)) {
        let (number, stored) = try await store.read { transaction in
            let number = try version ?? Self.chain.live(Self.name, in: transaction) ?? 0
            return (number, try Self.chain.content(of: Self.name, version: number, in: transaction))
        }
        guard let stored else { throw Self.unknown(version: version) }
        return (number, stored)
    }

    /// The version in force; nil before the first publication.
    package func current() async throws -> Publication? { try await inForce().publication }

    /// Every version, newest first.
    ///
    /// - Throws: ``AlertError`` `notFound` before the first publication.
    package func versions() async throws -> [VersionListing] {
        guard let listing = try await store.read({ try Self.signals.listing(of: Self.name, in: $0) }) else {
            throw AlertError(.notFound, "no signals were published", argument: "name")
        }
        return listing
    }

    /// The source of the signals in force, or of one of their versions.
    ///
    /// - Throws: ``AlertError`` `notFound`; the store's error.
    package func source(version: Int64?) async throws -> (publication: Publication, source: String) {
        let (number, stored) = try await stored(version: version)
        // An old version may hold what is refused today; it can be read all the same.
        let book = try? SignalBook(yaml: stored.content, file: Self.name + ".yaml")
        return (Publication(version: number, sha256: stored.sha256, kinds: book?.kinds ?? []), stored.content)
    }

    /// How a source stands that somebody wants to publish.
    package func standing(of source: String) async throws -> Standing {
        let sha256 = ContentHash.sha256(source)
        return try await store.read { try Self.signals.standing(of: Self.name, sha256: sha256, in: $0) }
    }

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
        _ = try SignalBook(yaml: source, file: Self.name + ".yaml")
        return try await store.write { transaction in
            try Self.signals.publish(
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
    /// - Throws: ``AlertError`` `notFound`; `conflict` when that version is in force.
    package func rollback(
        to version: Int64,
        reason: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> Publication {
        let publication = try await book(version: version).publication
        try await store.write { transaction in
            let isDone = try Self.signals.rollBack(
                Self.name,
                target: Self.name,
                to: version,
                reason: reason,
                by: actor,
                now: now,
                in: transaction
            )
            guard isDone else {
                throw AlertError(.conflict, "version \(version) of the signals is in force", argument: "version")
            }
        }
        return publication
    }
}
