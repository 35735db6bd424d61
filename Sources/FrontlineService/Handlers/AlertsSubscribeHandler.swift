import Alerts
import FrontlineProtocol

struct AlertsSubscribeHandler: ImmediateMethodHandler {
    typealias Method = AlertsSubscribe
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) throws -> Method.Result {
        let least = params.severity.flatMap { Severity(rawValue: $0.rawValue) } ?? .info
        let kinds = params.kinds.map(Set.init)
        let includesMuted = params.includeMuted ?? false
        let (id, cursor) = try caller.subscribe(
            to: services.hubs.alerts,
            after: params.after,
            services: services,
            wants: { event, principal in
                let alert = event.alert
                return alert.severity >= least && (includesMuted || !alert.isMuted)
                    && kinds.map { $0.contains(alert.kind) } ?? true
                    && AlertVisibility(of: principal).includes(alert)
            }
        )
        return Method.Result(subscriptionId: id, cursor: cursor)
    }
}
