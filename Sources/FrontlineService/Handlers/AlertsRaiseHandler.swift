import Alerts
import Conversations
import FrontlineProtocol
import JSONRPC
import Storage

struct AlertsRaiseHandler: MethodHandler {
    typealias Method = AlertsRaise
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (desk, conversations) = (services.alerts, services.conversations)
        let directory = ConversationContacts(conversations: conversations)
        return try await services.store.write { transaction in
            let alert = try desk.help(
                params.kind ?? "help",
                in: params.conversationId,
                note: params.note,
                directory: directory,
                by: caller.principal,
                now: caller.now,
                in: transaction
            )
            let message = AlertMessage(alert)
            try conversations.append(
                .alert,
                to: params.conversationId,
                data: JSONEncoding.encode(message),
                at: caller.now,
                in: transaction
            )
            return message
        }
    }
}
