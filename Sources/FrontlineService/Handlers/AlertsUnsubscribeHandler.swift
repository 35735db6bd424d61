import FrontlineProtocol
import JSONRPC

struct AlertsUnsubscribeHandler: ImmediateMethodHandler {
    typealias Method = AlertsUnsubscribe
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) throws -> Method.Result {
        try caller.unsubscribe(params.subscriptionId, from: services.hubs.alerts)
        return Method.Result()
    }
}
