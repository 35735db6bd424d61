import FrontlineProtocol
import JSONRPC

struct ConversationUnsubscribeHandler: ImmediateMethodHandler {
    typealias Method = ConversationUnsubscribe
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) throws -> Method.Result {
        try caller.unsubscribe(params.subscriptionId, from: services.hubs.conversations)
        return Method.Result()
    }
}
