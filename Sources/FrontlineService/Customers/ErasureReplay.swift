import AuditTrail
import Resolution
package import Storage

/// Erases again, in a store that came from a backup, what was erased after the backup was made.
struct ErasureReplay: Sendable {
    let records: CustomerRecords
    let authority: AuthorityLedger

    /// Erases every customer whom a list names and the store does not know to be erased.
    ///
    /// - Parameters:
    ///   - contents: the list.
    ///   - actor: who applies it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: what was done.
    /// - Throws: `StorageError` when the list is of another store; what was erased before stays so.
    func run(_ contents: ErasureList.Contents, by actor: AuditActor, now: Int64) async throws -> ErasureReplayReport {
        guard try contents.store == AuthorityLedger.hashMark(of: records.store) else {
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
        for id in try await records.customerIDs() { ids[try authority.customerHash(id), default: []].append(id) }
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

/// What came of applying a list of erasures.
package struct ErasureReplayReport: Sendable, Hashable {
    /// Customers who were erased again.
    package var applied = 0
    /// Customers of whom the store had nothing.
    package var absent = 0
    /// Erasures that the store knew.
    package var known = 0
    /// Numbers of lines that are missing in the list: erasures that cannot be applied.
    package var gaps: [Int] = []
    /// When the last erasure of the list was made, in microseconds since 1970; what came after it is not known.
    package var lastAt: Int64?
}
