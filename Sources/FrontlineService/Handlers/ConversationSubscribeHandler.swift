import Access
import Conversations
import FrontlineProtocol
import Storage

struct ConversationSubscribeHandler: ImmediateMethodHandler {
    typealias Method = ConversationSubscribe
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) throws -> Method.Result {
        if let id = params.conversationId {
            let visibility = ConversationVisibility(of: caller.principal)
            _ = try services.store.readNow { transaction in
                try services.conversations.conversation(id, seenBy: visibility, in: transaction)
            }
        }
        let (id, cursor) = try caller.subscribe(
            to: services.hubs.conversations,
            after: params.after,
            services: services,
            wants: { event, principal in
                guard params.conversationId.map({ $0 == event.conversationID }) ?? true,
                    params.mine != true || event.agents.contains(principal.subject)
                else { return false }
                return ConversationVisibility(of: principal).includes(agents: event.agents, teams: event.teams)
            }
        )
        return Method.Result(subscriptionId: id, cursor: cursor)
    }
}
