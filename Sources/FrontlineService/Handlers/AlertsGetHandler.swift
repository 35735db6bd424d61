import Alerts
import FrontlineProtocol

struct AlertsGetHandler: MethodHandler {
    typealias Method = AlertsGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let alert = try services.alerts.alert(params.alertId, for: caller.principal)
        return try services.message(alert, for: caller.principal)
    }
}
