import FrontlineProtocol
import Policies

struct PolicyGetHandler: MethodHandler {
    typealias Method = PolicyGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let found = try RuleShelf(services).source(of: params.name, version: params.version.map(Int64.init))
        return Method.Result(
            name: found.name,
            version: Int(found.version),
            sha256: found.sha256,
            inForce: found.isInForce,
            source: found.source,
            decisions: found.decisions
        )
    }
}
