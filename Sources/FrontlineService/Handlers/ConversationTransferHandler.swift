import Conversations
import FrontlineProtocol

struct ConversationTransferHandler: MethodHandler {
    typealias Method = ConversationTransfer
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let transfer = Transfer(
            conversationID: params.conversationId,
            agent: params.to.agent,
            team: params.to.team,
            reason: params.reason,
            note: params.note,
            onBehalfOf: params.onBehalfOf
        )
        let after = try await services.conversations.transfer(transfer, by: caller.principal, now: caller.now)
        return Method.Result(conversationId: after.id, agent: after.agent, team: after.teams.first)
    }
}
