import Metrics
import Synchronization

/// Counts the work of the capabilities with swift-metrics: searches, turns, alerts, script steps, resolutions.
///
/// Labels contain only terms of the product (an outcome, a kind), never text written by users.
final class CapabilityMeter: Sendable {
    /// A figure, declared with its noun: in ``MeteredResult`` conformances, and where work without a call is counted.
    struct Figure: Hashable {
        /// The name in the metrics.
        let name: String

        init(_ name: String) { self.name = name }
    }

    private struct Key: Hashable {
        let figure: Figure
        let values: [String]
    }

    /// The number of cached counters.
    ///
    /// Kinds of alerts come from the policy, so the number of sets of labels is not fixed.
    private static let maximumCounters = 1_000

    private let counters = Mutex<[Key: Counter]>([:])

    /// Adds to a figure.
    ///
    /// - Parameters:
    ///   - figure: the figure.
    ///   - labels: the labels, in the same order each time.
    ///   - amount: the amount to add.
    func count(_ figure: Figure, _ labels: [(String, String)], by amount: Int = 1) {
        guard amount > 0 else { return }
        let key = Key(figure: figure, values: labels.map(\.1))
        let counter = counters.withLock { counters in
            if let counter = counters[key] { return counter }
            let counter = Counter(label: figure.name, dimensions: labels)
            if counters.count < Self.maximumCounters { counters[key] = counter }
            return counter
        }
        counter.increment(by: amount)
    }
}

/// A result from which the work of a capability is counted.
protocol MeteredResult {
    /// Counts the work.
    func count(in meter: CapabilityMeter)
}
