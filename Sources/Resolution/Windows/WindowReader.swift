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

    /// The value of every window, in their order; nil where the case has nothing of that scope.
    ///
    /// Of an agent in several teams the largest sum counts. The cost grows with the windows times what is left out.
    func values(
        _ windows: [Window],
        leavingOut left: [LeftOut],
        in transaction: some SQLReading
    ) throws -> [Int64?] {
        var starts = Starts()
        let terms = windows.map { window in
            let start = start(of: window)
            return scopes[window.scope].map { value in
                scopes.spellings(of: value).map { spelling in
                    starts.place(of: key(of: window, spelling, &starts), after: start)
                }
            }
        }
        let sums = try WindowSums.sums(from: starts.all, in: transaction)
        return try zip(windows, terms).map { window, values in
            try zip(scopes[window.scope], values).map { value, places in
                var counted = WindowSum()
                for (spelling, place) in zip(scopes.spellings(of: value), places) {
                    try counted += sums[place]
                    for request in left where isCounted(request, under: spelling, of: window) {
                        try counted += WindowSum(total: request.minorUnits, count: 1).negated
                    }
                }
                // A sum is never below zero, whatever was left out.
                return max(0, window.measure == .total ? counted.total : counted.count)
            }
            .max()
        }
    }

    /// The moment after which entries count in a window.
    private func start(of window: Window) -> Int64 { window.span.days.map { now - $0 * Self.day } ?? today - 1 }

    /// The starts of sums, each once, and the keys made so far: making one costs more than finding it among a few.
    private struct Starts {
        /// What a key is made of, besides the currency.
        struct Source: Equatable {
            let scope: WindowScope
            let value: String
            let isSameAction: Bool
        }

        var all: [WindowSums.Start] = []
        var keys: [(source: Source, key: String)] = []

        mutating func place(of key: String, after start: Int64) -> Int {
            let start = WindowSums.Start(key: key, after: start)
            if let known = all.firstIndex(of: start) { return known }
            all.append(start)
            return all.count - 1
        }
    }

    private func key(of window: Window, _ value: String, _ starts: inout Starts) -> String {
        let source = Starts.Source(scope: window.scope, value: value, isSameAction: window.isSameAction)
        if let known = starts.keys.first(where: { $0.source == source }) { return known.key }
        let action = window.isSameAction ? action : nil
        let key = CaseScopes.key(window.scope, value, action: action, currency: currency, hash)
        starts.keys.append((source, key))
        return key
    }

    /// Whether the sum of a window under one of its values holds a request.
    private func isCounted(_ request: LeftOut, under value: String, of window: Window) -> Bool {
        request.at > start(of: window) && request.currency == currency
            && (!window.isSameAction || request.action == action) && request.scopes[window.scope].contains(value)
    }

    /// The input `history` of a policy: totals as decimals, counts as integers, null where there is nothing to count.
    func history(_ windows: [Window], _ values: [Int64?]) -> JSONObject {
        var history = JSONObject()
        for (window, value) in zip(windows, values) {
            let value = value.map { value in
                JSON.number(JSONNumber(minorUnits: value, digits: window.measure == .count ? 0 : digits))
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
    func after(_ windows: [Window], _ values: [Int64?], adding minorUnits: Int64) -> [Int64?] {
        zip(windows, values).map { window, value in value.map { $0 + (window.measure == .count ? 1 : minorUnits) } }
    }
}
