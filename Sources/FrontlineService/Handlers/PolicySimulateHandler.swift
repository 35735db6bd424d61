import FrontlineProtocol
import Policies
import Resolution

struct PolicySimulateHandler: MethodHandler {
    typealias Method = PolicySimulate
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let draft = try services.policies.draft(params.name, source: params.source)
        guard params.name == AuthorityPolicy.name else { return PolicySimulation.nothingRecorded(params.name) }
        return try await PolicySimulation(draft.policy).run(services.authority, since: params.since?.microseconds)
    }
}
