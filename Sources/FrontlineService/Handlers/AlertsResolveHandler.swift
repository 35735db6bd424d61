import Alerts
import FrontlineProtocol
import Storage

struct AlertsResolveHandler: MethodHandler {
    typealias Method = AlertsResolve
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (desk, selection) = (services.alerts, AlertSelection(params.alertIds, group: params.group))
        let outcome = Alert.Outcome(params.outcome)
        let alerts = try await services.store.write { transaction in
            try desk.resolve(
                selection,
                outcome: outcome,
                note: params.note,
                by: caller.principal,
                now: caller.now,
                in: transaction
            )
        }
        return AlertBatch(alerts: try services.messages(alerts, for: caller.principal))
    }
}
