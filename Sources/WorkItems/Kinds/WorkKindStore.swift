package import AuditTrail
package import Storage
import Synchronization
package import Versioning

/// The kinds of work as published versions: read, published, rolled back, and kept compiled.
///
/// A publication is in force for the next item, in every process that shares the store. Items keep the version under which they
/// were created, so earlier versions stay readable.
///
/// ## Topics
/// - ``book()``
/// - ``publish(_:note:republication:by:now:)``
/// - ``rollback(to:reason:by:now:)``
package final class WorkKindStore: Sendable {
    /// The name under which the wire knows the kinds; `work` alone is the policy that routes items.
    package static let name = "work.kinds"
    /// The name of the file in a folder of rules, without its extension.
    package static let fileStem = "work"
    private static let chain = VersionChain(kind: name)
    /// How many earlier versions are kept compiled.
    private static let maximumKept = 64

    private let source: LiveSource<WorkBook>
    private let earlier = Mutex<[Int64: WorkBook]>([:])

    package init(store: Store) { source = LiveSource(Self.name, in: store) { try Self.compiled($0) } }

    /// The kinds in force with the number of their version; the empty book and 0 before the first publication.
    ///
    /// - Throws: the store's error.
    package func book() async throws -> (book: WorkBook, version: Int64) {
        try await source.inForce().map { ($0.value, $0.version) } ?? (.empty, 0)
    }

    /// The version in force with its kinds; nil before the first publication.
    package func current() async throws -> (version: Int64, sha256: String, names: [String])? {
        try await source.inForce().map { ($0.version, $0.sha256, $0.value.names) }
    }

    /// A kind as a version has it.
    ///
    /// - Throws: `StorageError` `corrupt` for a version or a kind that an item names and that is not stored.
    func kind(_ name: String, version: Int64, in transaction: some SQLReading) throws -> WorkKind {
        guard let kind = try book(version: version, in: transaction)?[name] else {
            throw StorageError(code: .corrupt, message: "version \(version) of the kinds of work has no “\(name)”")
        }
        return kind
    }

    private func book(version: Int64, in transaction: some SQLReading) throws -> WorkBook? {
        if let known = earlier.withLock({ $0[version] }) { return known }
        guard let stored = try Self.chain.content(of: Self.name, version: version, in: transaction) else { return nil }
        let book = try Self.compiled(stored.content)
        earlier.withLock { kept in
            if kept.count >= Self.maximumKept { kept = [:] }
            kept[version] = book
        }
        return book
    }

    private static func compiled(_ source: String) throws(WorkError) -> WorkBook {
        let (book, findings) = WorkBook.read(source, file: fileStem + ".yaml")
        guard let book else {
            throw WorkError(
                .invalid,
                "the kinds of work have errors",
                argument: "source",
                details: findings.map(\.description)
            )
        }
        return book
    }

    private static func unknown(version: Int64?) -> WorkError {
        let what = version.map { "the kinds of work have no version \($0)" } ?? "no kinds of work were published"
        return WorkError(.notFound, what, argument: version == nil ? "name" : "version")
    }

    /// The source in force, or of one of the versions, and the names of its kinds.
    ///
    /// - Throws: ``WorkError`` `notFound`; the store's error.
    package func source(
        version: Int64?
    ) async throws -> (version: Int64, sha256: String, source: String, names: [String]) {
        guard let found = try await source.source(version: version) else { throw Self.unknown(version: version) }
        // An old version may have what is refused today; it can be read all the same.
        let names = WorkBook.read(found.source, file: "").book?.names ?? []
        return (found.version, found.sha256, found.source, names)
    }

    /// Every version, newest first.
    ///
    /// - Throws: ``WorkError`` `notFound` before the first publication.
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
    /// - Throws: ``WorkError`` `invalid` with every mistake and its place; the store's error.
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
    /// - Throws: ``WorkError`` `notFound`; `conflict` when that version is in force.
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
            throw WorkError(.conflict, "version \(version) of the kinds of work is in force", argument: "version")
        }
    }
}
