import Alerts
import Conversations
import Storage

/// Removes the sentiment scores of speakers other than customers from a store filled by an earlier release, once for
/// each store.
///
/// The work is done in transactions of bounded size. If it is interrupted, it starts again from the beginning, which is
/// harmless because it is idempotent.
struct ScoreUpgrade {
    let store: Store
    let conversations: ConversationStore
    let alerts: AlertDesk

    /// Removes the scores, unless that has been done; in that case the cost is one query.
    func run(now: Int64) throws {
        guard try !store.readNow({ try conversations.hasOnlyCustomersScores(in: $0) }) else { return }
        var (place, turns): (Int64, Int) = (0, 0)
        while let step = try store.writeNow({ try conversations.removeAgentScores(after: place, in: $0) }) {
            place = step.last
            turns += step.turns
        }
        place = 0
        let limit = ConversationStore.upgradeBatch
        while let last = try store.writeNow({ try alerts.removeAgentScores(after: place, limit: limit, in: $0) }) {
            place = last
        }
        try store.writeNow { try conversations.noteAgentScoresRemoved(turns: turns, now: now, in: $0) }
    }
}
