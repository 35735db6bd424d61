import Alerts
import FrontlineProtocol

struct AlertsListHandler: MethodHandler {
    typealias Method = AlertsList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let filter = AlertFilter(
            status: params.status.flatMap { Alert.Status(rawValue: $0.rawValue) },
            severity: params.severity.flatMap { Severity(rawValue: $0.rawValue) },
            conversationID: params.conversationId,
            after: try params.cursor.map(number) ?? 0,
            limit: params.limit ?? 50
        )
        let (alerts, isComplete) = try services.alerts.list(filter, for: caller.principal)
        return Method.Result(
            alerts: try services.messages(alerts, for: caller.principal),
            nextCursor: isComplete ? nil : alerts.last.map { "\($0.number)" }
        )
    }

    private func number(_ cursor: String) throws -> Int64 {
        guard let number = Int64(cursor), number >= 0 else {
            throw AlertError(.invalid, "the cursor is not one of this method", argument: "cursor")
        }
        return number
    }
}
