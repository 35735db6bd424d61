import Access
import FrontlineProtocol

struct PolicyRollbackHandler: MethodHandler {
    typealias Method = PolicyRollback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try RuleShelf(services).rollback(
            params.name,
            to: Int64(params.version),
            reason: params.reason,
            by: caller.principal.auditActor,
            now: caller.now
        )
    }
}
