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
    private struct Entry {
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

    /// The value for a key as of now.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - revisions: the store's, where the caller has just asked for them.
    ///   - make: makes the value from rows of the topic and from nothing else that changes; it is given the last value,
    ///     good no longer, from which it may take what has not changed.
    /// - Returns: the value.
    /// - Throws: the store's error, and what `make` throws; nothing is kept then.
    package func value(
        for key: Key,
        at revisions: TopicRevisions? = nil,
        make: (ReadTransaction, _ last: Value?) throws -> Value
    ) throws -> Value {
        let revision = try (revisions ?? store.revisions())[topic]
        let known = entries.withLock { $0[key] }
        if let known, known.revision == revision { return known.value }
        let entry = try store.readNow { transaction in
            // The revision of the view that the value is made from, which may be newer than what was asked.
            Entry(
                revision: try Store.revision(of: topic, in: transaction),
                value: try make(transaction, known?.value)
            )
        }
        keep(entry, for: key)
        return entry.value
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
    /// The one value as of now; see ``value(for:at:make:)``.
    package func value(
        at revisions: TopicRevisions? = nil,
        make: (ReadTransaction, _ last: Value?) throws -> Value
    ) throws -> Value {
        try value(for: OnlyKey(), at: revisions, make: make)
    }

    /// The one value that was made last; see ``last(for:)``.
    package func last() -> Value? { last(for: OnlyKey()) }
}
