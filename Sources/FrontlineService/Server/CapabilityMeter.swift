import Metrics
import Synchronization

/// Counts what the capabilities have done, through swift-metrics: searches, turns, alerts, script steps, resolutions.
///
/// What is counted is labelled with words of the product only (an outcome, a kind), never with what somebody wrote.
final class CapabilityMeter: Sendable {
    /// One of the figures, declared beside its noun: in ``MeteredResult`` conformances and where work is counted that no
    /// call asks for.
    struct Figure: Hashable {
        /// The name that metrics show.
        let name: String

        init(_ name: String) { self.name = name }
    }

    private struct Key: Hashable {
        let figure: Figure
        let values: [String]
    }

    /// Kinds of alerts come from the policy: above so many different sets of labels, no further counter is kept here.
    private static let maximumCounters = 1_000

    private let counters = Mutex<[Key: Counter]>([:])

    /// Adds to a figure.
    ///
    /// - Parameters:
    ///   - figure: which one.
    ///   - labels: the labels, in the same order each time.
    ///   - amount: how much to add.
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

/// A result that says what a capability has done.
protocol MeteredResult {
    /// Counts it.
    func count(in meter: CapabilityMeter)
}
