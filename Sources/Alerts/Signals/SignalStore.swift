package import AuditTrail
package import Storage
import Synchronization
package import Versioning

/// The signals as published versions: read, published, rolled back, and kept compiled.
///
/// A publication is in force for the next turn, in every process that shares the store: each look-up compares the
/// store's commit mark with the one it was read under.
///
/// ## Topics
/// - ``book()``
/// - ``publish(_:note:by:now:)``
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

    private struct Cache {
        var mark: Int64?
        var book: SignalBook = .empty
        /// What is in force; nil before the first publication.
        var publication: Publication?
    }

    /// The name under which the wire knows the signals.
    package static let name = "signals"
    private static let chain = VersionChain(kind: "signals")

    private let store: Store
    private let cache = Mutex(Cache())

    package init(store: Store) { self.store = store }

    /// The book in force; the empty one before the first publication.
    ///
    /// - Throws: the store's error.
    package func book() throws -> SignalBook { try inForce().book }

    private func inForce() throws -> Cache {
        let mark = try store.commitMark()
        let cached = cache.withLock { $0 }
        if cached.mark == mark { return cached }
        let live = try store.readNow { try Self.chain.live(Self.name, in: $0) }
        var current = Cache(mark: mark)
        if let live, live == cached.publication?.version {
            current = Cache(mark: mark, book: cached.book, publication: cached.publication)
        } else if let live {
            let (book, publication) = try self.book(version: live)
            current = Cache(mark: mark, book: book, publication: publication)
        }
        cache.withLock { $0 = current }
        return current
    }

    /// One version; the one in force unless named.
    ///
    /// - Throws: ``AlertError`` `notFound`; the store's error.
    package func book(version: Int64?) throws -> (book: SignalBook, publication: Publication) {
        let (number, stored) = try store.readNow { transaction in
            let number = try version ?? Self.chain.live(Self.name, in: transaction) ?? 0
            return (number, try Self.chain.content(of: Self.name, version: number, in: transaction))
        }
        guard let stored else {
            let what = version.map { "the signals have no version \($0)" } ?? "no signals were published"
            throw AlertError(.notFound, what, argument: version == nil ? "name" : "version")
        }
        let book = try SignalBook(yaml: stored.content, file: Self.name + ".yaml")
        return (book, Publication(version: number, sha256: stored.sha256, kinds: book.kinds))
    }

    /// The version in force; nil before the first publication.
    package func current() throws -> Publication? { try inForce().publication }

    /// Every version, newest first, and the number of the one in force.
    ///
    /// - Throws: ``AlertError`` `notFound` before the first publication.
    package func versions() throws -> (versions: [Version], live: Int64) {
        try store.readNow { transaction in
            guard let live = try Self.chain.live(Self.name, in: transaction) else {
                throw AlertError(.notFound, "no signals were published", argument: "name")
            }
            return (try Self.chain.history(of: Self.name, in: transaction), live)
        }
    }

    /// Checks a file and puts it in force; the same source again, while it is in force, makes no new version.
    ///
    /// - Throws: ``SignalError`` with what is wrong and where; the store's error.
    package func publish(_ source: String, note: String?, by actor: AuditActor, now: Int64) throws -> Publication {
        let book = try SignalBook(yaml: source, file: Self.name + ".yaml")
        let publication = try put(source, book, note: note, by: actor, now: now)
        cache.withLock { $0 = Cache(mark: nil, book: book, publication: publication) }
        return publication
    }

    private func put(
        _ source: String,
        _ book: SignalBook,
        note: String?,
        by actor: AuditActor,
        now: Int64
    ) throws -> Publication {
        try store.writeNow { transaction in
            let live = try Self.chain.live(Self.name, in: transaction)
            let current = try live.flatMap { try Self.chain.content(of: Self.name, version: $0, in: transaction) }
            if let live, let current, current.content == source {
                return Publication(version: live, sha256: current.sha256, kinds: book.kinds)
            }
            let written = try Self.chain.append(
                source,
                to: Self.name,
                by: actor.name,
                at: now,
                note: note,
                in: transaction
            )
            let event = AuditEvent(
                actor: actor,
                action: "policy.publish",
                target: Self.name,
                before: current?.sha256,
                after: written.sha256,
                text: note
            )
            try AuditLog.append([event], at: now, in: transaction)
            return Publication(version: written.number, sha256: written.sha256, kinds: book.kinds)
        }
    }

    /// Puts an earlier version in force again.
    ///
    /// - Throws: ``AlertError`` `notFound`; `conflict` when that version is in force.
    package func rollback(to version: Int64, reason: String, by actor: AuditActor, now: Int64) throws -> Publication {
        let publication = try book(version: version).publication
        try store.writeNow { transaction in
            let live = try Self.chain.live(Self.name, in: transaction)
            guard live != version else {
                throw AlertError(.conflict, "version \(version) of the signals is in force", argument: "version")
            }
            let before = try live.flatMap { try Self.chain.content(of: Self.name, version: $0, in: transaction) }
            try Self.chain.makeLive(version, of: Self.name, in: transaction)
            let event = AuditEvent(
                actor: actor,
                action: "policy.rollback",
                target: Self.name,
                before: before?.sha256,
                after: publication.sha256,
                details: "version \(version)",
                text: reason
            )
            try AuditLog.append([event], at: now, in: transaction)
        }
        return publication
    }
}
