import Synchronization

/// Values that are made from the rows of one topic, each good while the revision of the topic stands.
///
/// A value is what it would be if it were read anew, whichever process has committed since. Commits that leave the topic
/// alone cost nothing here but a look at the store's revisions, which all caches share.
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
    ///   - limit: how many values are kept; with one more, those that are good no longer are given up, then all.
    package init(of topic: String, in store: Store, limit: Int = 1) {
        precondition(limit > 0, "a cache keeps something")
        (self.topic, self.store, self.limit) = (topic, store, limit)
    }

    /// The value for a key as of now, where it need not be made; waits for nobody.
    ///
    /// - Returns: nil where it has to be made, or another process has committed since it was.
    package func current(for key: Key) -> Value? {
        guard let revision = store.knownRevisions?[topic] else { return nil }
        return value(for: key, at: revision)
    }

    /// The value for a key as of now.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - make: makes the value from rows of the topic and from nothing else that changes; it is given the last value,
    ///     good no longer, from which it may take what has not changed.
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

    /// The value that was made last for a key, which may be good no longer; nil when there is none.
    package func last(for key: Key) -> Value? { entries.withLock { $0[key]?.value } }

    private func keep(_ entry: Entry, for key: Key) {
        entries.withLock { entries in
            // Somebody with a newer view may have been quicker.
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
    /// The one value as of now; see ``value(for:make:)``.
    package func value(
        make: @Sendable @escaping (ReadTransaction, _ last: Value?) throws -> Value
    ) async throws -> Value {
        try await value(for: OnlyKey(), make: make)
    }

    /// The one value as of now, where it need not be made; see ``current(for:)``.
    package func current() -> Value? { current(for: OnlyKey()) }

    /// The one value that was made last; see ``last(for:)``.
    package func last() -> Value? { last(for: OnlyKey()) }
}
