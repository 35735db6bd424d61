import Access
import FrontlineProtocol
import JSONRPC
import Knowledge

struct KnowledgeResolveIssueHandler: MethodHandler {
    typealias Method = KnowledgeResolveIssue
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try services.knowledge.resolveIssue(
            params.issueId,
            outcome: params.outcome,
            by: caller.principal.auditActor,
            now: caller.now
        )
        return Method.Result()
    }
}
