import Conversations
import FrontlineProtocol
import JSONRPC

struct ConversationUpdateHandler: MethodHandler {
    typealias Method = ConversationUpdate
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let change = ProfileChange(
            customer: params.customer?.object,
            locale: params.locale,
            tags: params.tags,
            externalIDs: params.externalIds,
            onBehalfOf: params.onBehalfOf
        )
        let conversation = try await services.conversations.update(
            params.conversationId,
            change,
            by: caller.principal,
            now: caller.now
        )
        return Method.Result(conversationId: conversation.id)
    }
}
