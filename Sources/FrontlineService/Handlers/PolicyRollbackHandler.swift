import Access
import FrontlineProtocol
import Policies

struct PolicyRollbackHandler: MethodHandler {
    typealias Method = PolicyRollback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let policy = try services.policies.rollback(
            params.name,
            to: Int64(params.version),
            reason: params.reason,
            by: caller.principal.subject,
            now: caller.now
        )
        return Method.Result(name: policy.name, version: Int(policy.version), sha256: policy.sha256)
    }
}
