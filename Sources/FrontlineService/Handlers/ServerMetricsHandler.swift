import FrontlineProtocol

struct ServerMetricsHandler: MethodHandler {
    typealias Method = ServerMetrics
    let text: @Sendable () -> String

    func answer(_ params: Method.Params, for caller: Caller) -> Method.Result { Method.Result(text: text()) }
}
