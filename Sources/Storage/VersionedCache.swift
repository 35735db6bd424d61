import Synchronization

/// Values made from the rows of one topic, each valid while the revision of the topic is unchanged.
///
/// A value is never stale, whichever process has committed since. Commits that do not touch the topic cost only a check of the
/// store's revisions, which all caches share.
///
/// ## Topics
/// - ``value(for:make:)``
/// - ``Store/touch(_:in:)``
package final class VersionedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        let revision: Int64
        let value: Value
    }

    /// The topic.
    package let topic: String
    private let store: Store
    private let limit: Int
    private let entries = Mutex<[Key: Entry]>([:])

    /// Makes an empty cache.
    ///
    /// - Parameters:
    ///   - topic: which rows values are made from, by the name that their writers give to ``Store/touch(_:in:)``.
    ///   - store: the store.
    ///   - limit: how many values are kept; with one more, outdated ones are dropped, then all.
    package init(of topic: String, in store: Store, limit: Int = 1) {
        precondition(limit > 0, "a cache keeps something")
        (self.topic, self.store, self.limit) = (topic, store, limit)
    }

    /// The current value for a key without waiting.
    ///
    /// - Returns: nil if the value has to be made, or if another process has committed since.
    package func current(for key: Key) -> Value? {
        guard let revision = store.knownRevisions?[topic] else { return nil }
        return value(for: key, at: revision)
    }

    /// The current value for a key.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - make: makes the value from rows of the topic and from nothing else that changes; it receives the
    ///     previous, outdated value and may reuse what has not changed.
    /// - Returns: the value.
    /// - Throws: the store's error, and what `make` throws; nothing is kept then.
    package func value(
        for key: Key,
        make: @Sendable @escaping (ReadTransaction, _ last: Value?) throws -> Value
    ) async throws -> Value {
        if let value = value(for: key, at: try await store.revisions()[topic]) { return value }
        let last = last(for: key)
        let entry = try await store.read { [topic] transaction in
            // The revision of the view that the value is made from, which may be newer than what was asked.
            Entry(revision: try Store.revision(of: topic, in: transaction), value: try make(transaction, last))
        }
        keep(entry, for: key)
        return entry.value
    }

    private func value(for key: Key, at revision: Int64) -> Value? {
        let known = entries.withLock { $0[key] }
        return known?.revision == revision ? known?.value : nil
    }

    /// The value last made for a key, which may be outdated; nil if there is none.
    package func last(for key: Key) -> Value? { entries.withLock { $0[key]?.value } }

    private func keep(_ entry: Entry, for key: Key) {
        entries.withLock { entries in
            // Another task may have stored a value from a newer view.
            if let known = entries[key], known.revision > entry.revision { return }
            if entries[key] == nil, entries.count >= limit {
                entries = entries.filter { $0.value.revision >= entry.revision }
                if entries.count >= limit { entries = [:] }
            }
            entries[key] = entry
        }
    }
}

/// The key of a cache that holds one value.
package struct OnlyKey: Hashable, Sendable {
    package init() {}
}

extension VersionedCache where Key == OnlyKey {
    /// The current value; see ``value(for:make:)``.
    package func value(
        make: @Sendable @escaping (ReadTransaction, _ last: Value?) throws -> Value
    ) async throws -> Value {
        try await value(for: OnlyKey(), make: make)
    }

    /// The current value without waiting; see ``current(for:)``.
    package func current() -> Value? { current(for: OnlyKey()) }

    /// The value last made; see ``last(for:)``.
    package func last() -> Value? { last(for: OnlyKey()) }
}
