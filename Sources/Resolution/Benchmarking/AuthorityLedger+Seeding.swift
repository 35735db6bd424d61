package import Access
import Storage

/// What benchmarks need of a ledger: a past that would take long to live through.
extension AuthorityLedger {
    /// Grants that one transaction counts.
    private static let batch = 10_000

    /// Counts so many grants of a cent in every window of a request, spread evenly over the days before now.
    ///
    /// Only the windows know of them; no request stands behind them.
    package func seed(
        _ count: Int,
        like request: GrantRequest,
        for principal: Principal,
        days: Int64,
        now: Int64
    ) throws {
        let maker = try maker(request, principal, names())
        let draft = try store.readNow { try maker.draft(now: now, in: $0) }
        let currency = request.amount?.currency.code ?? ""
        let keys = draft.scopes.allKeys(action: request.action, currency: currency, maker.hash)
        let span = days * 86_400_000_000
        for start in stride(from: 0, to: count, by: Self.batch) {
            try store.writeNow { transaction in
                for number in start..<min(count, start + Self.batch) {
                    let at = now - span + span / Int64(count) * Int64(number)
                    let sequence = try Self.nextSequence(in: transaction)
                    for key in keys { try WindowSums.add(1, under: key, at: at, sequence: sequence, in: transaction) }
                }
            }
        }
    }
}
