import IEEEDecimal
import Storage
import Vocabulary

/// A request that stands in the sums and is not counted: the one that is being decided, or one that is overdue.
struct LeftOut: Sendable {
    /// Whose windows it stands in.
    let scopes: CaseScopes
    let action: String
    /// The currency's code; empty for a case without money.
    let currency: String
    /// When it was made, in microseconds since 1970.
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
    /// Of an agent in several teams the largest sum counts. The cost grows with the windows times what is left out.
    func values(
        _ windows: [Window],
        leavingOut left: [LeftOut],
        in transaction: some SQLReading
    ) throws -> [Window: Int64] {
        var sums: [String: WindowSum] = [:]
        var result: [Window: Int64] = [:]
        for window in windows {
            let action = window.isSameAction ? action : nil
            let start = window.span.days.map { now - $0 * Self.day } ?? today - 1
            for value in scopes[window.scope] {
                var counted = WindowSum()
                for spelling in scopes.spellings(of: value) {
                    let key = CaseScopes.key(window.scope, spelling, action: action, currency: currency, hash)
                    let name = "\(key) \(start)"
                    let sum = try sums[name] ?? WindowSums.sum(under: key, after: start, in: transaction)
                    sums[name] = sum
                    try counted += sum
                    for request in left where isCounted(request, under: spelling, of: window, after: start) {
                        try counted += WindowSum(total: request.minorUnits, count: 1).negated
                    }
                }
                let value = window.measure == .total ? counted.total : counted.count
                result[window] = max(result[window] ?? 0, value)
            }
        }
        return result
    }

    /// Whether the sum of a window under one of its values holds a request.
    private func isCounted(_ request: LeftOut, under value: String, of window: Window, after start: Int64) -> Bool {
        request.at > start && request.currency == currency && (!window.isSameAction || request.action == action)
            && request.scopes[window.scope].contains(value)
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
