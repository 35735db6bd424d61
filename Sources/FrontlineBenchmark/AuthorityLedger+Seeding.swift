import Access
import Resolution
import Storage

extension AuthorityLedger {
    /// Grants that one transaction counts.
    private static var batch: Int { 10_000 }

    /// Counts so many grants of a cent in every window of a request, spread evenly over the days before now.
    ///
    /// Only the windows know of them; no request stands behind them.
    func seed(
        _ count: Int,
        like request: GrantRequest,
        for principal: Principal,
        days: Int64,
        now: Int64,
        in store: Store
    ) async throws {
        let keys = try await windowKeys(of: request, for: principal, now: now)
        let span = days * 86_400_000_000
        for start in stride(from: 0, to: count, by: Self.batch) {
            try await store.write { transaction in
                for number in start..<min(count, start + Self.batch) {
                    let at = now - span + span / Int64(count) * Int64(number)
                    let sequence = try Self.nextSequence(in: transaction)
                    try WindowSums.add(1, under: keys, at: at, sequence: sequence, in: transaction)
                }
            }
        }
    }
}
