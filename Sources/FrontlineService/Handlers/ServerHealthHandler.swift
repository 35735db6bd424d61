import FrontlineProtocol
import Knowledge
import Storage

struct ServerHealthHandler: MethodHandler {
    typealias Method = ServerHealth
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async -> Method.Result {
        var checks: [String: Method.Check] = [:]
        let newest = try? await services.store.read { try Store.current("changes", in: $0) }
        checks["store"] = Method.Check(ok: newest != nil, detail: newest == nil ? "the store cannot be read" : nil)
        checks["index"] = Method.Check(ok: true, detail: "\(services.index.count) articles")
        let isHealthy = checks.values.allSatisfy(\.ok)
        return Method.Result(status: isHealthy ? .ok : .degraded, checks: checks)
    }
}
