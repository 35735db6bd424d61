import FrontlineProtocol
import Access
import Versioning
import Scripting

struct ScriptPublishHandler: MethodHandler {
    typealias Method = ScriptPublish
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let publication = try services.scripts.publish(
            params.source,
            note: params.note,
            to: Audience(percent: params.rollout?.percent, teams: params.rollout?.teams.map(Set.init)),
            by: caller.principal.auditActor,
            now: caller.now
        )
        return Method.Result(
            scriptId: publication.script.definition.id,
            version: Int(publication.script.version),
            sha256: publication.script.sha256,
            warnings: publication.warnings
        )
    }
}
