import FrontlineProtocol
import Knowledge
import Storage
import Timekeeping
import Vocabulary

struct ServerHealthHandler: MethodHandler {
    typealias Method = ServerHealth
    /// The free disk space in bytes below which writes may fail soon.
    private static let minimumFreeBytes: Int64 = 16 << 20
    let services: Services

    private func clockCheck() async -> Method.Check {
        do {
            let now = services.now()
            try await services.store.read { [services] in try services.clock.check(now, in: $0) }
            return Method.Check(ok: true, detail: nil)
        } catch {
            return Method.Check(ok: false, detail: (error as? ClockError)?.message ?? "the store cannot be read")
        }
    }

    func answer(_ params: Method.Params, for caller: Caller) async -> Method.Result {
        var checks: [String: Method.Check] = [:]
        // A failure is the answer: the store cannot be read.
        let newest = try? await services.store.read { try Store.current("changes", in: $0) }
        let damage = services.store.damage.map { "the store is damaged: \($0)" }
        let problem = newest == nil ? "the store cannot be read" : damage
        checks["store"] = Method.Check(ok: problem == nil, detail: problem)
        let erasure = services.erasureWatch.state(now: services.now())
        checks["erasure"] = Method.Check(ok: erasure.isHealthy, detail: erasure.detail)
        if let free = services.store.files?.freeBytes {
            checks["disk"] = Method.Check(ok: free > Self.minimumFreeBytes, detail: "\(free >> 20) MiB free")
        }
        checks["index"] = Method.Check(ok: true, detail: "\(services.index.count) articles")
        checks["encoder"] = Method.Check(ok: true, detail: services.encoderSentence)
        checks["clock"] = await clockCheck()
        let isHealthy = checks.values.allSatisfy(\.ok)
        return Method.Result(status: isHealthy ? .ok : .degraded, checks: checks)
    }
}

struct ServerInfoHandler: InLineMethodHandler {
    typealias Method = ServerInfo
    let services: Services
    let startedAt: Timestamp

    func answer(_ params: Method.Params, for caller: Caller) -> Method.Result {
        Method.Result(
            name: "frontline",
            version: ProductVersion.text,
            protocol: ProductVersion.wireProtocol,
            startedAt: startedAt,
            store: services.store.engine == .sqlite ? .sqlite : .postgresql,
            node: services.node,
            epoch: services.epoch,
            encoder: services.encoderProgress,
            demonstration: services.demonstration.map(ServerInfo.Demonstration.init)
        )
    }
}

struct ServerMetricsHandler: MethodHandler {
    typealias Method = ServerMetrics
    let text: @Sendable () -> String

    func answer(_ params: Method.Params, for caller: Caller) -> Method.Result { Method.Result(text: text()) }
}
