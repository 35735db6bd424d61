import Alerts
import Conversations
import FrontlineProtocol
import JSONRPC
import Storage

struct AlertsReplyHandler: MethodHandler {
    typealias Method = AlertsReply
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (desk, conversations) = (services.alerts, services.conversations)
        let directory = ConversationContacts(conversations: conversations)
        return try await services.store.write { transaction in
            let (alert, reply) = try desk.reply(
                to: params.alertId,
                params.text,
                directory: directory,
                by: caller.principal,
                now: caller.now,
                in: transaction
            )
            if let conversation = alert.conversation {
                var data = try JSONEncoding.encode(AlertReply(reply)).object ?? [:]
                data["alert_id"] = .string(alert.id)
                try conversations.append(
                    .reply,
                    to: conversation,
                    data: .object(data),
                    at: caller.now,
                    in: transaction
                )
            }
            return AlertMessage(alert)
        }
    }
}

extension AlertReply {
    /// A reply as the wire shows it.
    init(_ reply: Alert.Reply) {
        self.init(by: reply.by, text: reply.text, at: Timestamp(microseconds: reply.at))
    }
}
