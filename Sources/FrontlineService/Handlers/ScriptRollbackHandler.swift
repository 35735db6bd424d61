import FrontlineProtocol
import Access
import Scripting

struct ScriptRollbackHandler: MethodHandler {
    typealias Method = ScriptRollback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (rollback, stopped) = try services.sessions.rollBack(
            params.scriptId,
            to: Int64(params.version),
            reason: params.reason,
            stopping: params.sessions == .stop,
            by: caller.principal.auditActor,
            now: caller.now
        )
        return Method.Result(
            scriptId: rollback.script.definition.id,
            version: Int(rollback.script.version),
            sha256: rollback.script.sha256,
            withdrawn: rollback.withdrawn.map(Int.init),
            stopped: stopped
        )
    }
}
