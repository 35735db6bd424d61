import Alerts
import FrontlineProtocol

struct AlertsListHandler: MethodHandler {
    typealias Method = AlertsList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let filter = AlertFilter(
            status: params.status.map { Alert.Status($0) },
            criteria: AlertCriteria(
                severity: params.severity.map { Severity($0) },
                kinds: params.kinds.map(Set.init),
                teams: params.teams.map(Set.init),
                agents: params.agents.map(Set.init),
                customerID: params.customerId
            ),
            conversationID: params.conversationId,
            sinceEvent: try caller.alertCursor(params.after, services).map { try number($0, of: "after") },
            after: try params.cursor.map { try number($0, of: "cursor") } ?? 0,
            limit: params.limit ?? 50
        )
        let (alerts, isComplete) = try services.alerts.list(filter, for: caller.principal)
        return Method.Result(
            alerts: try services.messages(alerts, for: caller.principal),
            nextCursor: isComplete ? nil : alerts.last.map { "\($0.number)" }
        )
    }

    private func number(_ cursor: String, of argument: String) throws -> Int64 {
        guard let number = Int64(cursor), number >= 0 else {
            throw AlertError(.invalid, "a cursor that was given out", argument: argument)
        }
        return number
    }
}
