import Alerts
import Conversations
import Storage

/// Takes the scores of others than customers out of a store that an earlier program has filled, once for a store.
///
/// The work is done in transactions of a bounded size; one that was cut short is done again from the beginning, which
/// changes nothing twice.
struct ScoreUpgrade {
    let store: Store
    let conversations: ConversationStore
    let alerts: AlertDesk

    /// Does so unless it was done; a store that was done costs one look.
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
