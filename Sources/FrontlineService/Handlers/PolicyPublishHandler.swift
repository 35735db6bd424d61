import Access
import FrontlineProtocol

struct PolicyPublishHandler: MethodHandler {
    typealias Method = PolicyPublish
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try RuleShelf(services).publish(
            params.name,
            source: params.source,
            note: params.note,
            by: caller.principal.auditActor,
            now: caller.now
        )
    }
}
