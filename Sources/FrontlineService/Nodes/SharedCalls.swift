/// What the servers of a store tell each other of the calls that they let through, so that a subject has one budget on all of them.
///
/// A call is counted in memory; once a second (a beat) each server writes its counts of those subjects that use a noticeable part of
/// the budget, and reads those of the others. So there is no write a call, and an error that is bounded: what others let through
/// counts here a beat later, and what is below the part does not count at all. A pure state; the store is asked by
/// ``NodeDirectory``.
package struct SharedCalls: Sendable {
    /// A subject on another server.
    package struct Source: Sendable, Hashable {
        package let node: String
        package let subject: String

        package init(node: String, subject: String) { (self.node, self.subject) = (node, subject) }
    }

    private struct Told {
        var calls: Int64
        var quietBeats = 0
    }

    /// Subjects that are told of at most.
    private static let maximumTold = 1_000
    /// After so many beats without a call a subject is told of no more.
    private static let maximumQuietBeats = 60
    /// The calls that do not count on other servers may be this part of the budget, over all servers.
    private static let unsaidPart = 10.0

    /// What was told of each subject.
    private var told: [String: Told] = [:]
    /// What was read last of the others; nil before the first time.
    private var heard: [Source: Int64]?

    package init() {}

    /// Takes the calls of a beat, and says what the other servers are told.
    ///
    /// - Parameters:
    ///   - calls: the calls that were let through here since the last beat.
    ///   - rate: the budget in calls a second.
    ///   - nodes: the servers.
    /// - Returns: the calls since the server was started; nil for subjects that are told of no more.
    package mutating func note(_ calls: [String: Int64], rate: Int, nodes: Int) -> [String: Int64?] {
        let least = Double(rate) / (Self.unsaidPart * Double(max(nodes, 1)))
        var news: [String: Int64?] = [:]
        let heavy = calls.filter { told[$0.key] != nil || Double($0.value) >= least }
            .sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        for (subject, count) in heavy where told[subject] != nil || told.count < Self.maximumTold {
            told[subject, default: Told(calls: 0)].calls += count
            told[subject]?.quietBeats = 0
            news[subject] = told[subject]?.calls
        }
        for (subject, state) in told where calls[subject] == nil {
            if state.quietBeats >= Self.maximumQuietBeats {
                told[subject] = nil
                news[subject] = .some(nil)
            } else {
                told[subject]?.quietBeats += 1
            }
        }
        return news
    }

    /// Takes what the others have told, and says how many calls of each subject are new.
    package mutating func hear(_ calls: [Source: Int64]) -> [String: Int64] {
        defer { heard = calls }
        // A server that has just come does not know since when they are counted.
        guard let heard else { return [:] }
        var new: [String: Int64] = [:]
        for (source, count) in calls {
            let known = heard[source] ?? 0
            // Lower where it was told of no more in between.
            let more = count >= known ? count - known : count
            if more > 0 { new[source.subject, default: 0] += more }
        }
        return new
    }
}
