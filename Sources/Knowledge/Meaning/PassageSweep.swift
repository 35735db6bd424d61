import Storage
import Synchronization

/// Deletes the vectors from the store that no published article has any more, and those of models before this one.
///
/// It goes through the table in steps. Vectors of the last hour stay, because another process may have stored them for an
/// article that this one has not read yet. What is deleted too much would only be encoded again.
enum PassageSweep {
    private static let limit = 500
    private static let hour: Int64 = 3_600_000_000

    /// The first 64 bits of a hash in hexadecimal.
    static func beginning(of hash: String) -> UInt64 { UInt64(hash.prefix(16), radix: 16) ?? 0 }

    /// The next vectors, and those of them that nothing needs.
    static func next(
        after position: PassageTable.Key,
        used: Set<UInt64>,
        model: Int64,
        others: Set<Int64>,
        now: Int64,
        in transaction: ReadTransaction
    ) throws -> (last: PassageTable.Key?, unused: [PassageTable.Key]) {
        let keys = try PassageTable.keys(
            after: position,
            storedBefore: now - hour,
            limit: limit,
            in: transaction
        )
        let unused = keys.filter { key in
            key.model == model ? !used.contains(beginning(of: key.sha256)) : !others.contains(key.model)
        }
        return (keys.count < limit ? nil : keys.last, unused)
    }
}

extension MeaningIndex {
    /// Deletes from the store what no article has any more, once every article has its vectors; does nothing before.
    ///
    /// Cost: one look at each vector's key, in steps of 500; some seconds for 500,000.
    ///
    /// - Returns: how many were deleted; nil when there are still articles without vectors.
    func sweep(_ store: Store, sparing others: Set<String>, now: Int64) async throws -> Int? {
        let used = state.withLock { state in state.queue.isEmpty ? state.directory.hashes : nil }
        guard let used else { return nil }
        let (model, spared) = try await store.read { [encoder] transaction in
            (
                try PassageTable.model(encoder.identity, in: transaction) ?? 0,
                Set(try others.sorted().compactMap { try PassageTable.model($0, in: transaction) })
            )
        }
        var position: PassageTable.Key? = .first
        var deleted = 0
        while let start = position {
            let (last, unused) = try await store.read {
                try PassageSweep.next(after: start, used: used, model: model, others: spared, now: now, in: $0)
            }
            if !unused.isEmpty {
                try await store.write(durability: .process) { try PassageTable.delete(unused, in: $0) }
            }
            deleted += unused.count
            position = last
        }
        if deleted > 0 {
            try await store.write(durability: .process) { try PassageTable.deleteModels(except: model, in: $0) }
        }
        return deleted
    }
}
