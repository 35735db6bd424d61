import FrontlineProtocol
import Policies

struct PolicyListHandler: MethodHandler {
    typealias Method = PolicyList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let policies = try services.policies.list().map { policy in
            Method.Policy(
                name: policy.name,
                version: Int(policy.version),
                sha256: policy.sha256,
                decisions: policy.decisions
            )
        }
        return Method.Result(policies: policies)
    }
}
