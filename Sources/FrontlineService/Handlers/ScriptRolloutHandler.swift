import FrontlineProtocol
import Access
import Versioning
import Scripting

struct ScriptRolloutHandler: MethodHandler {
    typealias Method = ScriptRollout
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let audience = Audience(percent: params.percent, teams: params.teams.map(Set.init))
        try services.scripts.rollOut(
            params.scriptId,
            version: Int64(params.version),
            to: audience,
            by: caller.principal.auditActor,
            now: caller.now
        )
        return Method.Result(
            scriptId: params.scriptId,
            version: params.version,
            percent: audience.percent,
            teams: audience.teams?.sorted()
        )
    }
}
