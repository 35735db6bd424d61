import Access
import DMN
import FrontlineProtocol
import Policies

struct PolicyPublishHandler: MethodHandler {
    typealias Method = PolicyPublish
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let publication = try services.policies.publish(
            params.name,
            source: params.source,
            note: params.note,
            by: caller.principal.subject,
            now: caller.now
        )
        return Method.Result(
            name: publication.policy.name,
            version: Int(publication.policy.version),
            sha256: publication.policy.sha256,
            warnings: publication.warnings.map(\.description)
        )
    }
}
