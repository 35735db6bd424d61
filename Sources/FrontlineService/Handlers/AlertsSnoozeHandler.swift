import Alerts
import FrontlineProtocol
import Storage

struct AlertsSnoozeHandler: MethodHandler {
    typealias Method = AlertsSnooze
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (desk, selection) = (services.alerts, AlertSelection(params.alertIds, group: params.group))
        let alerts = try await services.store.write { transaction in
            try desk.snooze(
                selection,
                until: params.until.microseconds,
                by: caller.principal,
                now: caller.now,
                in: transaction
            )
        }
        return AlertBatch(alerts: try services.messages(alerts, for: caller.principal))
    }
}
