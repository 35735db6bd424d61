import Access
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
            try await services.store.read { [services] in try services.clock.admit(now, in: $0) }
            let skew = services.clock.skewAhead.map { "\(abs($0) / 1_000) ms from the database's" }
            return Method.Check(ok: true, detail: skew)
        } catch {
            return Method.Check(ok: false, detail: (error as? ClockError)?.message ?? "the store cannot be read")
        }
    }

    func answer(_ params: Method.Params, for caller: Caller) async -> Method.Result {
        var checks: [String: Method.Check] = [:]
        // A failure is the answer: the store cannot be read.
        let newest = try? await services.store.read { try Store.current(Store.changeCounter, in: $0) }
        let damage = services.store.damage.map { "the store is damaged: \($0)" }
        let problem = newest == nil ? "the store cannot be read" : damage
        if services.store.files == nil { checks["nodes"] = Method.Check(ok: true, detail: services.nodes.sentence) }
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

    /// The servers of the store, for those who look after them.
    private func nodes(for caller: Caller) async -> [Method.Node]? {
        guard services.store.files == nil,
            let principal = try? await caller.session?.principal(now: caller.now),
            principal.holds(anyOf: [.operations, .auditor])
        else { return nil }
        return ([services.nodes.own] + services.nodes.others).map(Method.Node.init)
    }

    func answer(_ params: Method.Params, for caller: Caller) async -> Method.Result {
        Method.Result(
            name: "frontline",
            version: ProductVersion.text,
            protocol: ProductVersion.wireProtocol,
            startedAt: startedAt,
            store: services.store.engine == .sqlite ? .sqlite : .postgresql,
            node: services.node,
            epoch: await services.epoch,
            nodes: await nodes(for: caller),
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

extension ServerInfo.Node {
    /// A server in the wire format.
    init(_ node: StoreNode) {
        self.init(
            node: node.name,
            version: node.version,
            address: node.address.isEmpty ? nil : node.address,
            encoder: node.encoder.isEmpty ? nil : node.encoder,
            startedAt: Timestamp(microseconds: node.startedAt),
            seenAt: Timestamp(microseconds: node.seenAt)
        )
    }
}
