import FrontlineProtocol
import Scripting

struct ScriptDetourHandler: MethodHandler {
    typealias Method = ScriptDetour
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.detour(revision: Int64(params.revision), script: params.scriptId, reason: params.reason)
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}
