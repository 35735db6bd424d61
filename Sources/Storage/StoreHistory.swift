/// The histories of a store, kept in memory and never stale: which one this is, and which numbers earlier ones have lost.
package final class StoreHistory: Sendable {
    private struct Known: Sendable {
        let name: String
        let gaps: [String: [Store.Gap]]
    }

    private let cache: VersionedCache<OnlyKey, Known>

    /// Makes what reads the histories of a store, one of which has begun.
    package init(_ store: Store) { cache = VersionedCache(of: Store.epochTopic, in: store) }

    private func known() async throws -> Known {
        if let current = cache.current() { return current }
        return try await cache.value { transaction, _ in
            guard let epoch = try Store.epoch(in: transaction) else {
                throw StorageError(code: .corrupt, message: "the row of the store's epoch is missing")
            }
            return Known(name: epoch.name, gaps: try Store.gaps(in: transaction))
        }
    }

    /// The name of the present history; the last one that was known while the store cannot be asked, nil where none was.
    package func name() async -> String? {
        // What cannot be asked now is what it was.
        (try? await known().name) ?? cache.last()?.name
    }

    /// The gap that a number of a counter is in, if the history that gave it has lost it.
    ///
    /// - Throws: the store's error.
    package func gap(of counter: String, at number: Int64) async throws -> Store.Gap? {
        try await known().gaps[counter]?.first { $0.contains(number) }
    }
}
