import AuditTrail
import Resolution
import Storage

/// Repeats, in a store restored from a backup, the erasures made after the backup.
struct ErasureReplay: Sendable {
    let records: CustomerRecords

    /// Erases every customer in a list whom the store does not record as erased.
    ///
    /// - Parameters:
    ///   - contents: the list.
    ///   - actor: who applies the list.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the result.
    /// - Throws: `StorageError` if the list belongs to another store; erasures already made are kept.
    func run(_ contents: ErasureList.Contents, by actor: AuditActor, now: Int64) async throws -> ErasureReplayReport {
        guard try await contents.store == AuthorityLedger.hashMark(of: records.store) else {
            throw StorageError(
                code: .foreign,
                message: "the list of erasures is of another store, or the backup is older than the store's key: "
                    + "its hashes cannot be compared"
            )
        }
        var report = ErasureReplayReport(gaps: contents.gaps, lastAt: contents.entries.map(\.at).max())
        let known = try await records.store.read { transaction in
            Set(try ErasureRegister.entries(after: 0, in: transaction).map(\.entry))
        }
        let later = contents.entries.filter { !known.contains($0) }
        report.known = contents.entries.count - later.count
        guard !later.isEmpty else { return report }
        var ids: [String: [String]] = [:]
        for id in try await records.customerIDs() {
            ids[try await records.authority.customerHash(id), default: []].append(id)
        }
        for entry in later {
            var isHere = false
            for id in ids[entry.customer] ?? [] {
                let outcome = try await records.erase(
                    customer: id,
                    reason: "erased before; applied again from the list of erasures",
                    isTrial: false,
                    by: actor,
                    now: now,
                    erasedAt: entry.at,
                    patience: .zero
                )
                isHere = isHere || outcome != nil
            }
            try await records.store.write { try ErasureRegister.note(entry.customer, at: entry.at, in: $0) }
            if isHere { report.applied += 1 } else { report.absent += 1 }
        }
        return report
    }
}

/// The result of applying a list of erasures.
package struct ErasureReplayReport: Sendable, Hashable {
    /// The number of customers erased.
    package var applied = 0
    /// The number of customers without data in the store.
    package var absent = 0
    /// The number of erasures already recorded in the store.
    package var known = 0
    /// The numbers of lines missing in the list, which are erasures that cannot be applied.
    package var gaps: [Int] = []
    /// The time of the last erasure in the list, in microseconds since 1970; later ones are unknown.
    package var lastAt: Int64?
}
