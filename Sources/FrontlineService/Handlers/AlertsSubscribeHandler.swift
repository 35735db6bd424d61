import Alerts
import FrontlineProtocol

struct AlertsSubscribeHandler: ImmediateMethodHandler {
    typealias Method = AlertsSubscribe
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) throws -> Method.Result {
        let criteria = AlertCriteria(
            severity: params.severity.map { Severity($0) },
            kinds: params.kinds.map(Set.init),
            teams: params.teams.map(Set.init),
            agents: params.agents.map(Set.init),
            customerID: params.customerId
        )
        let includesMuted = params.includeMuted ?? false
        let (id, cursor) = try caller.subscribe(
            to: services.hubs.alerts,
            after: try caller.alertCursor(params.after, services),
            services: services,
            wants: { event, principal in
                let alert = event.alert
                return criteria.includes(alert) && (includesMuted || !alert.isMuted)
                    && AlertVisibility(of: principal).includes(alert)
            }
        )
        return Method.Result(subscriptionId: id, cursor: cursor)
    }
}
