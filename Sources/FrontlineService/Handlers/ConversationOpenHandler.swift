import Access
import Conversations
import FrontlineProtocol
import JSONRPC

struct ConversationOpenHandler: MethodHandler {
    typealias Method = ConversationOpen
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let name = params.conversationId
        let opening = Opening(
            id: name.map { services.names.newID($0, .conversation, for: caller.principal) } ?? ConversationID.make(),
            name: name,
            channel: params.channel,
            agent: params.agent,
            customer: params.customer?.object,
            locale: params.locale,
            externalIDs: params.externalIds ?? [:],
            continues: params.continues,
            scriptID: params.scriptId,
            tags: params.tags ?? [],
            onBehalfOf: params.onBehalfOf
        )
        let conversation = try await services.conversations.open(opening, by: caller.principal, now: caller.now)
        return Method.Result(conversationId: conversation.id)
    }
}

/// The names of conversations whose opener gives none: random, so that nobody guesses another's.
enum ConversationID {
    static func make() -> String {
        let words = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }
        return "cnv_" + words.joined()
    }
}
