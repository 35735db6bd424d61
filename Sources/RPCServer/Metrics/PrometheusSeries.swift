import CoreMetrics
import Synchronization

/// One metric with one set of labels.
final class PrometheusSeries: Sendable {
    /// What a metric is to Prometheus.
    enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    private struct State {
        var value = 0.0
        var count = 0
        var buckets: [Int]
    }

    /// The upper bounds of the buckets of a histogram; in seconds for timers.
    private static let bounds = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    private let kind: Kind
    private let state: Mutex<State>

    init(kind: Kind) {
        self.kind = kind
        state = Mutex(State(buckets: kind == .histogram ? Self.bounds.map { _ in 0 } : []))
    }

    func render(name: String, labels: String, into text: inout String) {
        let (value, count, buckets) = state.withLock { ($0.value, $0.count, $0.buckets) }
        guard kind == .histogram else {
            text += "\(name)\(Self.braced(labels)) \(Self.number(value))\n"
            return
        }
        let prefix = labels.isEmpty ? "" : labels + ","
        var total = 0
        for (bound, hits) in zip(Self.bounds, buckets) {
            total += hits
            text += "\(name)_bucket{\(prefix)le=\"\(Self.number(bound))\"} \(total)\n"
        }
        text += "\(name)_bucket{\(prefix)le=\"+Inf\"} \(count)\n"
        text += "\(name)_sum\(Self.braced(labels)) \(Self.number(value))\n"
        text += "\(name)_count\(Self.braced(labels)) \(count)\n"
    }

    private func add(_ amount: Double) {
        state.withLock { $0.value += amount }
    }

    private func observe(_ value: Double) {
        state.withLock { state in
            state.value += value
            state.count += 1
            if let index = Self.bounds.firstIndex(where: { value <= $0 }) {
                state.buckets[index] += 1
            }
        }
    }

    private static func braced(_ labels: String) -> String {
        labels.isEmpty ? "" : "{\(labels)}"
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN {
            return "NaN"
        }
        if value.isInfinite {
            return value < 0 ? "-Inf" : "+Inf"
        }
        return Int(exactly: value).map(String.init) ?? String(value)
    }
}

extension PrometheusSeries: CounterHandler {
    func increment(by amount: Int64) {
        add(Double(amount))
    }

    func reset() {
        state.withLock { $0.value = 0 }
    }
}

extension PrometheusSeries: RecorderHandler, MeterHandler {
    func record(_ value: Int64) {
        record(Double(value))
    }

    func record(_ value: Double) {
        kind == .histogram ? observe(value) : set(value)
    }

    func set(_ value: Int64) {
        state.withLock { $0.value = Double(value) }
    }

    func set(_ value: Double) {
        state.withLock { $0.value = value }
    }

    func increment(by amount: Double) {
        add(amount)
    }

    func decrement(by amount: Double) {
        add(-amount)
    }
}

extension PrometheusSeries: TimerHandler {
    func recordNanoseconds(_ duration: Int64) {
        observe(Double(duration) / 1e9)
    }
}
