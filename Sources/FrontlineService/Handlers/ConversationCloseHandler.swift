import Conversations
import FrontlineProtocol

struct ConversationCloseHandler: MethodHandler {
    typealias Method = ConversationClose
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let disposition = params.disposition.map {
            Disposition(code: $0.code, resolved: $0.resolved, note: $0.note)
        }
        let closed = try await services.conversations.close(
            params.conversationId,
            disposition: disposition,
            by: caller.principal,
            onBehalfOf: params.onBehalfOf,
            now: caller.now
        )
        return Method.Result(
            conversationId: closed.id,
            closedAt: Timestamp(microseconds: closed.closedAt ?? caller.now),
            disposition: closed.disposition.map(ConversationDisposition.init),
            summary: closed.summary.text
        )
    }
}
