import IEEEDecimal
import JSONRPC
import Storage

/// Something that a reader leaves out: a grant that is in the sums but must not count against itself.
struct LeftOut: Sendable {
    let keys: Set<String>
    let at: Int64
    let minorUnits: Int64
}

/// Reads the windows that a policy names, for one case at one moment.
struct WindowReader: Sendable {
    let scopes: CaseScopes
    let action: String
    /// The currency's code; empty for a case without money.
    let currency: String
    let digits: Int
    let hash: KeyedHash
    let now: Int64
    /// Midnight in the configured time zone.
    let today: Int64

    private static let day: Int64 = 86_400_000_000

    /// The value of every window; nil where the case has nothing of that scope.
    ///
    /// Of an agent in several teams the greatest sum of these counts.
    func values(
        _ windows: [Window],
        leavingOut left: LeftOut? = nil,
        in transaction: some SQLReading
    ) throws -> [Window: Int64] {
        var sums: [String: WindowSum] = [:]
        var result: [Window: Int64] = [:]
        for window in windows {
            let action = window.isSameAction ? action : nil
            let start = window.span.days.map { now - $0 * Self.day } ?? today - 1
            for keys in scopes.groups(window.scope, action: action, currency: currency, hash) {
                var counted = WindowSum()
                for key in keys {
                    let name = "\(key) \(start)"
                    let sum = try sums[name] ?? WindowSums.sum(under: key, after: start, in: transaction)
                    sums[name] = sum
                    try counted += reduced(sum, by: left, key: key, after: start)
                }
                let value = window.measure == .total ? counted.total : counted.count
                result[window] = max(result[window] ?? 0, value)
            }
        }
        return result
    }

    private func reduced(_ sum: WindowSum, by left: LeftOut?, key: String, after start: Int64) throws -> WindowSum {
        guard let left, left.at > start, left.keys.contains(key) else { return sum }
        var sum = sum
        try sum += WindowSum(total: left.minorUnits, count: 1).negated
        return sum
    }

    /// The input `history` of a policy: totals as decimals, counts as integers, null where there is nothing to count.
    func history(_ windows: [Window], _ values: [Window: Int64]) -> JSONObject {
        var history = JSONObject()
        for window in windows {
            let value = values[window].map { value in
                window.measure == .count
                    ? JSON.number(JSONNumber(value))
                    : JSONNumber(text: Money.decimal(value, digits).plainDescription).map(JSON.number) ?? .null
            }
            var scope = history[window.scope.rawValue]?.object ?? JSONObject()
            if window.isSameAction {
                var action = scope["same_action"]?.object ?? JSONObject()
                action[window.member] = value ?? .null
                scope["same_action"] = .object(action)
            } else {
                scope[window.member] = value ?? .null
            }
            history[window.scope.rawValue] = .object(scope)
        }
        return history
    }

    /// The values once the case itself counts.
    func after(_ values: [Window: Int64], adding minorUnits: Int64) -> [Window: Int64] {
        Dictionary(
            uniqueKeysWithValues: values.map { ($0, $0.measure == .count ? $1 + 1 : $1 + minorUnits) }
        )
    }
}
