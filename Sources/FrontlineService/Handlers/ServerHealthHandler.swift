import FrontlineProtocol
import Knowledge
import Storage

struct ServerHealthHandler: MethodHandler {
    typealias Method = ServerHealth
    /// Below this, writes are about to fail.
    private static let leastFreeBytes: Int64 = 16 << 20
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async -> Method.Result {
        var checks: [String: Method.Check] = [:]
        let newest = try? await services.store.read { try Store.current("changes", in: $0) }
        checks["store"] = Method.Check(ok: newest != nil, detail: newest == nil ? "the store cannot be read" : nil)
        let free = services.store.freeBytes
        checks["disk"] = Method.Check(ok: free > Self.leastFreeBytes, detail: "\(free >> 20) MiB free")
        checks["index"] = Method.Check(ok: true, detail: "\(services.index.count) articles")
        let isHealthy = checks.values.allSatisfy(\.ok)
        return Method.Result(status: isHealthy ? .ok : .degraded, checks: checks)
    }
}
