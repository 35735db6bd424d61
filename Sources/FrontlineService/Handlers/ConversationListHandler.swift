import Conversations
import FrontlineProtocol

struct ConversationListHandler: MethodHandler {
    typealias Method = ConversationList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let filter = ConversationFilter(
            agent: params.agent,
            team: params.team,
            customerID: params.customerId,
            externalID: params.externalId,
            isOpen: params.status.map { $0 == .open },
            since: params.since?.microseconds,
            after: try params.cursor.map(NumberCursor.number),
            limit: params.limit ?? 50
        )
        let visibility = try ConversationVisibility(of: caller.principal, onBehalfOf: params.onBehalfOf)
        let (found, isComplete) = try services.conversations.list(filter, visibility: visibility)
        return Method.Result(
            conversations: found.map(ConversationFacts.init),
            nextCursor: isComplete ? nil : found.last.map { NumberCursor.text($0.number) }
        )
    }
}

/// A cursor over things that are numbered as they come: the number of the last one shown.
enum NumberCursor {
    static func text(_ number: Int64) -> String { String(number) }

    static func number(_ cursor: String) throws -> Int64 {
        guard let number = Int64(cursor), number >= 0 else {
            throw ConversationError(.invalid, "the cursor is not one of this method", argument: "cursor")
        }
        return number
    }
}
