import Access
import DMN
import FrontlineProtocol

struct PolicyPublishHandler: MethodHandler {
    typealias Method = PolicyPublish
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let wanted = RuleSubmission(
            name: params.name,
            source: params.source,
            note: params.note,
            tests: (params.tests ?? []).map { ModelSource(bytes: Array($0.source.utf8), file: $0.file) },
            isForced: params.force ?? false
        )
        return try RuleShelf(services).publish(wanted, by: caller.principal.auditActor, now: caller.now).result
    }
}
