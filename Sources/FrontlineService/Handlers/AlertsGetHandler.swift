import Alerts
import FrontlineProtocol

struct AlertsGetHandler: MethodHandler {
    typealias Method = AlertsGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        AlertMessage(try services.alerts.alert(params.alertId, for: caller.principal))
    }
}
