import Metrics
import Synchronization

/// Counts what the capabilities have done, through swift-metrics: searches, turns, alerts, script steps, resolutions.
///
/// What is counted is labelled with words of the product only (an outcome, a kind), never with what somebody wrote.
final class CapabilityMeter: Sendable {
    /// One of the figures.
    enum Figure: String {
        case searches = "frontline_searches_total"
        case turns = "frontline_turns_total"
        case suggestions = "frontline_suggestions_total"
        case alertEvents = "frontline_alert_events_total"
        case scriptSteps = "frontline_script_steps_total"
        case resolutions = "frontline_resolutions_total"
        case conversations = "frontline_conversations_total"
        case transcriptsDeleted = "frontline_transcripts_deleted_total"
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
            let counter = Counter(label: figure.rawValue, dimensions: labels)
            if counters.count < Self.maximumCounters { counters[key] = counter }
            return counter
        }
        counter.increment(by: amount)
    }
}
