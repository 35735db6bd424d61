import Access
import Conversations
import FrontlineService
import Storage
import Vocabulary

extension Desk {
    /// Records a customer's turn below the wire, with a given score.
    func say(_ text: String, in id: String, score: Double?) throws {
        let prepared = try PreparedTurn(TurnDraft(conversationID: id, speaker: .customer, text: text))
        let caller = Principal(subject: "observer", roles: [.integration])
        let now = folder.now()
        try folder.store.writeNow { transaction in
            guard
                case .fresh(let turn) = try folder.conversations.begin(prepared, by: caller, now: now, in: transaction)
            else { return }
            let answer: JSON = ["turn": .number(JSONNumber(turn.number))]
            try folder.conversations.finish(turn.scored(score), answer: answer, now: now, in: transaction)
        }
    }
}
