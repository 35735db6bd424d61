package import AuditTrail
package import Storage

/// One source that operators publish, such as the calendar: its versions, and the one in force kept compiled.
///
/// A publication is in force for the next reader, in every process that shares the store.
///
/// ## Topics
/// - ``inForce()``, ``inForce(in:)``
/// - ``source(version:)``, ``versions()``, ``standing(of:)``
/// - ``publish(_:note:republication:by:now:)``
/// - ``rollBack(to:reason:by:now:)``
package final class LiveSource<Value: Sendable>: Sendable {
    /// The version in force.
    package struct InForce: Sendable {
        /// Its number.
        package let version: Int64
        /// The hash of its source.
        package let sha256: String
        /// What its source was compiled to.
        package let value: Value
    }

    /// The result of a rollback.
    package enum Rollback: Sendable, Hashable {
        /// The version is in force again; its hash.
        case done(sha256: String)
        /// There is no such version.
        case unknown
        /// The version was in force already.
        case alreadyInForce
    }

    /// The name under which the log and the wire know it, and the kind of its versions.
    package let name: String
    private let store: Store
    private let live: LiveChain
    private let cache: VersionedCache<OnlyKey, InForce?>
    private let compile: @Sendable (String) throws -> Value

    /// Creates access to the versions in a store.
    ///
    /// - Parameters:
    ///   - name: the name, which must be that of no other kind of versions.
    ///   - store: the store.
    ///   - compile: reads a source; throws if it has mistakes.
    package init(_ name: String, in store: Store, compile: @escaping @Sendable (String) throws -> Value) {
        (self.name, self.store, self.compile) = (name, store, compile)
        live = LiveChain(kind: name)
        cache = VersionedCache(of: live.topic, in: store)
    }

    /// The version in force; nil before the first publication.
    ///
    /// - Throws: the store's error, and what compiling throws.
    package func inForce() async throws -> InForce? {
        try await cache.value { [self] transaction, last in try current(after: last ?? nil, in: transaction) }
    }

    /// The version in force as visible in a transaction.
    package func inForce(in transaction: some SQLReading) throws -> InForce? {
        if let current = cache.current() { return current }
        return try current(after: cache.last() ?? nil, in: transaction)
    }

    private func current(after known: InForce?, in transaction: some SQLReading) throws -> InForce? {
        guard let number = try live.versions.live(name, in: transaction) else { return nil }
        if let known, known.version == number { return known }
        guard let stored = try live.versions.content(of: name, version: number, in: transaction) else { return nil }
        return InForce(version: number, sha256: stored.sha256, value: try compile(stored.content))
    }

    /// The source of a version, or of the one in force; nil if there is none.
    package func source(version: Int64?) async throws -> (version: Int64, sha256: String, source: String)? {
        try await store.read { [self] transaction in
            guard let number = try version ?? live.versions.live(name, in: transaction),
                let stored = try live.versions.content(of: name, version: number, in: transaction)
            else { return nil }
            return (number, stored.sha256, stored.content)
        }
    }

    /// Every version, newest first; nil before the first publication.
    package func versions() async throws -> [VersionListing]? {
        try await store.read { [self] in try live.listing(of: name, in: $0) }
    }

    /// The standing of a source that is to be published.
    package func standing(of source: String) async throws -> Standing {
        let sha256 = ContentHash.sha256(source)
        return try await store.read { [self] in try live.standing(of: name, sha256: sha256, in: $0) }
    }

    /// Compiles a source and puts it in force; one that is in force makes no new version.
    ///
    /// - Parameters:
    ///   - source: the text.
    ///   - note: why, which is recorded.
    ///   - republication: how to treat a source that was published before and is not in force.
    ///   - actor: who publishes it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the version that has the source, and what was done.
    /// - Throws: the store's error, and what compiling throws.
    package func publish(
        _ source: String,
        note: String?,
        republication: Republication,
        by actor: AuditActor,
        now: Int64
    ) async throws -> LiveChain.Placement {
        _ = try compile(source)
        return try await store.write { [self] transaction in
            try live.publish(
                source,
                as: name,
                target: name,
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
    /// - Throws: the store's error, and what compiling throws.
    package func rollBack(
        to version: Int64,
        reason: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> Rollback {
        guard let found = try await source(version: version) else { return .unknown }
        _ = try compile(found.source)
        return try await store.write { [self] transaction in
            let isDone = try live.rollBack(
                name,
                target: name,
                to: version,
                reason: reason,
                by: actor,
                now: now,
                in: transaction
            )
            return isDone ? .done(sha256: found.sha256) : .alreadyInForce
        }
    }
}
